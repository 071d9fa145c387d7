package dev.keyling.operator;

import dev.keyling.function.EnrichFunction;
import dev.keyling.function.LookupCache;
import dev.keyling.function.MapFunction;
import dev.keyling.plan.ElementOperator;
import dev.keyling.plan.Whereabouts;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes something of elements and of what is looked up for them, on one lane. */
public final class Enriching<K, V, T, R> implements ElementOperator {
  private static final Duration EVER = Duration.ofMillis(Long.MAX_VALUE);

  private final LookupCache<K, V> cache;
  private final EnrichFunction<K, V, ? super T, ? extends R> mapper;
  private final String where;

  /**
   * @param where names the step in messages
   */
  public Enriching(
      MapFunction<? super K, ? extends V> getter,
      Duration ttl,
      EnrichFunction<K, V, ? super T, ? extends R> mapper,
      String where,
      Whereabouts lane) {
    long millis = ttl.compareTo(EVER) >= 0 ? Long.MAX_VALUE : ttl.toMillis();
    this.cache = new Expiring<>(getter, millis, lane.clock(), where);
    this.mapper = mapper;
    this.where = where;
  }

  @Override
  @SuppressWarnings("unchecked") // elements of the stream that this was written on
  public void apply(@Nullable Object key, Object value, Consumer<Object> out) throws Exception {
    R made = mapper.map(cache, (T) value);
    out.accept(Objects.requireNonNull(made, () -> where + ": the mapper gave null for " + value));
  }
}
