package dev.keyling;

import dev.keyling.function.EnrichFunction;
import dev.keyling.function.FlatMapFunction;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.MapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.plan.Node;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.state.TypeInformation;
import dev.keyling.window.WindowJoin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A keyed stream as a node of the dataflow. */
@SuppressWarnings("unchecked") // a node's functions only ever see elements of its own stream
class PlannedKeyedStream<K, T> extends PlannedStream<T> implements KeyedStream<K, T> {
  final @Nullable TypeInformation<Object> keyType;

  PlannedKeyedStream(
      Dataflow flow,
      Node node,
      @Nullable TypeInformation<Object> keyType,
      @Nullable TypeInformation<Object> type) {
    super(flow, node, type);
    this.keyType = keyType;
  }

  @Override
  public KeyedStream<K, T> returns(TypeInformation<T> declared) {
    return new PlannedKeyedStream<>(flow, node, keyType, (TypeInformation<Object>) declared);
  }

  @Override
  public <R> KeyedStream<K, R> map(MapFunction<? super T, ? extends R> function) {
    return new PlannedKeyedStream<>(flow, transform(mapping(function)), keyType, null);
  }

  @Override
  public <R> KeyedStream<K, R> flatMap(
      MapFunction<? super T, ? extends Iterable<? extends R>> function) {
    return new PlannedKeyedStream<>(flow, transform(flatMapping(function)), keyType, null);
  }

  @Override
  public KeyedStream<K, T> filter(Predicate<? super T> predicate) {
    return new PlannedKeyedStream<>(flow, transform(filtering(predicate)), keyType, type);
  }

  @Override
  public KeyedStream<K, T> inspect(String stepId, Consumer<? super T> look) {
    return new PlannedKeyedStream<>(flow, inspecting(stepId, look), keyType, type);
  }

  @Override
  public KeyedStream<K, T> inspectDebug(String stepId, Consumer<? super Inspected<T>> look) {
    return new PlannedKeyedStream<>(flow, debugging(stepId, true, look), keyType, type);
  }

  @Override
  public <C, V, R> KeyedStream<K, R> enrichCached(
      String stepId,
      MapFunction<? super C, ? extends V> getter,
      Duration ttl,
      EnrichFunction<C, V, ? super T, ? extends R> mapper) {
    return new PlannedKeyedStream<>(flow, enriching(stepId, getter, ttl, mapper), keyType, null);
  }

  @Override
  public DataStream<T> keyRemove() {
    return new PlannedStream<>(flow, node, type);
  }

  @Override
  public DataStream<Map.Entry<K, T>> entries() {
    return new PlannedStream<>(
        flow, transform((key, value, out) -> out.accept(Map.entry(requireKey(key, value), value))));
  }

  private Object requireKey(@Nullable Object key, Object value) {
    if (key == null) {
      throw new IllegalArgumentException(
          "%s: entries() found no key of %s, as a step has emitted it for a broadcast element; filter out such elements before, or emit them on a side output"
              .formatted(flow, value));
    }
    return key;
  }

  @Override
  public <O> KeyedStep<K, O> process(
      String stepId, Function<RuntimeContext, ? extends KeyedProcessFunction<K, T, O>> factory) {
    flow.claim(stepId, "a keyed step");
    KeyedNode step =
        new KeyedNode(
            stepId,
            node,
            keyType,
            (Function<RuntimeContext, KeyedProcessFunction<Object, Object, Object>>)
                (Function<RuntimeContext, ?>) factory,
            null,
            type);
    return new PlannedKeyedStep<>(flow, flow.add(step), keyType);
  }

  @Override
  public <O> KeyedStep<K, O> map(
      String stepId, Function<RuntimeContext, ? extends MapFunction<T, O>> factory) {
    return this.<O>process(stepId, ctx -> new Mapping<>(factory.apply(ctx)));
  }

  @Override
  public <O> KeyedStep<K, O> flatMap(
      String stepId, Function<RuntimeContext, ? extends FlatMapFunction<T, O>> factory) {
    return this.<O>process(stepId, ctx -> new FlatMapping<>(factory.apply(ctx)));
  }

  @Override
  public JoinSide<K, T> side(TypeInformation<T> type) {
    return new PlannedSide<>(this, type);
  }

  @Override
  public <U> ConnectedStreams<K, T, U> connect(KeyedStream<K, U> other) {
    return new PlannedConnectedStreams<>(with(other));
  }

  @Override
  public <U> WindowJoin<K, T, U> join(KeyedStream<K, U> other) {
    return new WindowJoin<>(flow, with(other)::stream);
  }

  private Confluence<K> with(KeyedStream<K, ?> other) {
    if (!(other instanceof PlannedKeyedStream<K, ?> that) || that.flow != flow) {
      throw foreign();
    }
    return new Confluence<>(List.of(this, that));
  }

  @Override
  public <B> BroadcastConnectedStream<K, T, B> connect(BroadcastStream<B> broadcast) {
    if (!(broadcast instanceof PlannedBroadcastStream<B> that) || that.stream().flow != flow) {
      throw foreign();
    }
    return new PlannedBroadcastConnectedStream<>(this, that.stream());
  }

  private IllegalArgumentException foreign() {
    return new IllegalArgumentException(
        flow + ": connect takes a stream of the same dataflow, this one is of another");
  }
}
