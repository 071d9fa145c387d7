package dev.keyling.examples.cli;

import dev.keyling.actors.OfflineKey;
import dev.keyling.kernel.KeyText;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import dev.keyling.persistence.leveldb.offline.StoreStats;
import dev.keyling.sharding.job.OfflineJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key that somebody names by a text.
 *
 * @param job of which the step is; empty for an embedded step
 * @param places what the text may be and where that would be, the likeliest first; at least one
 */
record SoughtKey(
    OfflineStore store,
    String dataflow,
    String step,
    String text,
    Optional<OfflineJob> job,
    List<KeyPlace> places) {

  /**
   * Finds the step.
   *
   * @param keyType what the text is; null to try all
   * @throws UsageException if there is no such step, dataflow or type
   * @throws dev.keyling.persistence.StoreException if something is damaged
   */
  static SoughtKey of(
      OfflineStore store,
      Path dir,
      @Nullable String dataflow,
      String step,
      String text,
      @Nullable String keyType) {
    StoreStats.Step found = step(store, dir, dataflow, step);
    return new SoughtKey(
        store,
        found.dataflow(),
        step,
        text,
        OfflineJob.read(store, found.dataflow()),
        places(found, text, keyType, store.keyGroups()));
  }

  private static StoreStats.Step step(
      OfflineStore store, Path dir, @Nullable String dataflow, String step) {
    List<StoreStats.Step> all = store.stats().steps();
    List<StoreStats.Step> meant =
        all.stream()
            .filter(s -> s.step().equals(step))
            .filter(s -> dataflow == null || s.dataflow().equals(dataflow))
            .toList();
    if (meant.size() == 1) {
      return meant.get(0);
    }
    String there =
        all.stream()
            .map(s -> s.step() + " of dataflow " + s.dataflow())
            .collect(Collectors.joining(", "));
    if (all.isEmpty()) {
      throw new UsageException("the store in " + dir + " holds nothing of any step yet");
    }
    throw new UsageException(
        meant.isEmpty()
            ? "the store in %s holds nothing of step %s; it has %s".formatted(dir, step, there)
            : "several dataflows have a step %s, say --dataflow: %s".formatted(step, there));
  }

  private static List<KeyPlace> places(
      StoreStats.Step step, String text, @Nullable String keyType, int keyGroups) {
    Map<String, byte[]> readings = KeyText.readings(text);
    if (keyType != null && !readings.containsKey(keyType)) {
      throw new UsageException(
          "'%s' is no key of type %s; it can be read as %s"
              .formatted(text, keyType, String.join(", ", readings.keySet())));
    }
    List<KeyPlace> places = new ArrayList<>();
    readings.forEach(
        (type, key) -> {
          if (keyType == null || keyType.equals(type)) {
            for (int group : KeyText.groups(key, keyGroups)) {
              places.add(
                  new KeyPlace(type, key, new GroupAddress(step.dataflow(), step.step(), group)));
            }
          }
        });
    return places;
  }

  /**
   * Returns what counts. An embedded step has no checkpoints: all its commits count.
   *
   * @param asOf id of an earlier checkpoint; null for the newest
   * @throws UsageException if it has no checkpoints
   * @throws dev.keyling.persistence.StoreException if that checkpoint is not retained
   */
  History history(@Nullable Long asOf) {
    if (job.isPresent()) {
      return asOf == null ? job.get().history() : job.get().asOf(asOf);
    }
    if (asOf != null) {
      throw new UsageException(
          "dataflow %s has no checkpoints in this store; leave out --as-of".formatted(dataflow));
    }
    return History.everything();
  }

  /** Returns the first place where this holds. */
  Optional<KeyPlace> place(Predicate<KeyPlace> holds) {
    return places.stream().filter(holds).findFirst();
  }

  /** Returns the first place where the key has something. */
  Optional<KeyPlace> place(History history) {
    return place(place -> !read(place, history).isEmpty());
  }

  List<OfflineKey.Entry> read(KeyPlace place, History history) {
    return OfflineKey.read(store, place.group(), place.key(), history);
  }

  /** Says that the store has nothing of the key, whatever the text may be. */
  UsageException unknown() {
    return new UsageException(
        "step %s of dataflow %s holds nothing of a key '%s', read as %s; a key of another type is given with --key-type hex, as it is stored"
            .formatted(
                step,
                dataflow,
                text,
                places.stream().map(KeyPlace::type).distinct().collect(Collectors.joining(", "))));
  }
}
