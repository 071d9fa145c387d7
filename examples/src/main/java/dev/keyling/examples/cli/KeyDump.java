package dev.keyling.examples.cli;

import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.keyling.actors.OfflineKey;
import dev.keyling.kernel.EntryText;
import dev.keyling.kernel.KeyText;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import dev.keyling.persistence.leveldb.offline.StoreStats;
import dev.keyling.sharding.job.OfflineJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one key of a store holds, for people. */
record KeyDump(OfflineStore store, Path dir) {

  /** A way to read the key's text, and where the store would have that key. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Place(String type, byte[] key, GroupAddress group) {}

  /** What the store has there. */
  private record Reading(Place place, List<OfflineKey.Entry> entries) {}

  /**
   * Reads a key.
   *
   * @param keyType what the text is; null to try all
   * @param asOf id of an earlier checkpoint; null for the newest
   * @throws UsageException if there is no such step, dataflow or type
   * @throws dev.keyling.persistence.StoreException if something is damaged, or if that checkpoint
   *     is not retained
   */
  Map<String, @Nullable Object> of(
      @Nullable String dataflow,
      String step,
      String text,
      @Nullable String keyType,
      @Nullable Long asOf) {
    StoreStats.Step found = step(dataflow, step);
    Optional<OfflineJob> job = OfflineJob.read(store, found.dataflow());
    Reading reading =
        reading(places(found, text, keyType), history(found, job, null), history(found, job, asOf));
    Place place = reading.place();
    Map<String, @Nullable Object> dump = new LinkedHashMap<>();
    dump.put("dataflow", found.dataflow());
    dump.put("step", found.step());
    dump.put("keyGroup", place.group().group());
    dump.put("key", KeyText.describe(place.key()));
    dump.put("keyReadAs", place.type());
    dump.put("storedKey", HexFormat.of().formatHex(place.key()));
    job.filter(j -> j.checkpoint() != null).ifPresent(j -> checkpoint(j, asOf, dump));
    dump.put("entries", entries(reading));
    return dump;
  }

  private static void checkpoint(
      OfflineJob job, @Nullable Long asOf, Map<String, @Nullable Object> dump) {
    dump.put("checkpoint", asOf == null ? job.checkpoint() : asOf);
    if (asOf == null) {
      dump.put("completedAt", Instant.ofEpochMilli(job.completedAt()).toString());
    }
  }

  private StoreStats.Step step(@Nullable String dataflow, String step) {
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

  /** An embedded step has no checkpoints: all its commits count. */
  private static History history(
      StoreStats.Step step, Optional<OfflineJob> job, @Nullable Long asOf) {
    if (job.isPresent()) {
      return asOf == null ? job.get().history() : job.get().asOf(asOf);
    }
    if (asOf != null) {
      throw new UsageException(
          "dataflow %s has no checkpoints in this store; leave out --as-of"
              .formatted(step.dataflow()));
    }
    return History.everything();
  }

  /**
   * Where a key is now, there it is read as of earlier: in the key groups of what else the text may
   * be, that may be impossible.
   */
  private Reading reading(List<Place> places, History now, History asked) {
    List<Place> likely =
        places.stream()
            .filter(place -> !read(place, now).isEmpty())
            .findFirst()
            .map(List::of)
            .orElse(places);
    return likely.stream()
        .map(place -> new Reading(place, read(place, asked)))
        .filter(reading -> !reading.entries().isEmpty())
        .findFirst()
        .orElseGet(() -> new Reading(likely.get(0), List.of()));
  }

  private List<OfflineKey.Entry> read(Place place, History history) {
    return OfflineKey.read(store, place.group(), place.key(), history);
  }

  /** Returns what the text may be and where that would be, the likeliest first; at least one. */
  private List<Place> places(StoreStats.Step step, String text, @Nullable String keyType) {
    Map<String, byte[]> readings = KeyText.readings(text);
    if (keyType != null && !readings.containsKey(keyType)) {
      throw new UsageException(
          "'%s' is no key of type %s; it can be read as %s"
              .formatted(text, keyType, String.join(", ", readings.keySet())));
    }
    List<Place> places = new ArrayList<>();
    readings.forEach(
        (type, key) -> {
          if (keyType == null || keyType.equals(type)) {
            for (int group : KeyText.groups(key, store.keyGroups())) {
              places.add(
                  new Place(type, key, new GroupAddress(step.dataflow(), step.step(), group)));
            }
          }
        });
    return places;
  }

  private static List<Object> entries(Reading reading) {
    EntryText text = new EntryText(KeyDump::cbor);
    List<Object> entries = new ArrayList<>();
    for (OfflineKey.Entry entry : reading.entries()) {
      Map<String, @Nullable Object> words = text.read(entry.key(), entry.value());
      words.put("commit", entry.commit());
      words.put("storedIn", entry.inRows() ? "rows" : "journal");
      entries.add(words);
    }
    return entries;
  }

  private static Object cbor(byte[] bytes) {
    try {
      return new CBORMapper().readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a value that is no CBOR", e);
    }
  }
}
