package dev.keyling.persistence.leveldb.offline;

import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.leveldb.files.StoreIdentity;
import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts the records of a store, which come in the order of their keys. */
final class StatsCollector {

  private final Map<String, StepCount> steps = new TreeMap<>();
  private final LongSummaryStatistics otherEvents = new LongSummaryStatistics();
  private long otherIds;
  private String journal = "";

  void record(byte[] key, ByteBuffer body) {
    KeyReader in = new KeyReader(key, 1);
    if (key[0] == Tag.EVENT) {
      event(text(in), body.remaining());
    } else if (key[0] == Tag.GROUP) {
      String dataflow = text(in);
      String step = text(in);
      step(new GroupAddress(dataflow, step, in.nextInt())).record(key, in, body);
    }
  }

  private void event(String id, int bytes) {
    Optional<GroupAddress> group = GroupAddress.ofPersistenceId(id);
    if (group.isPresent()) {
      step(group.get()).events.accept(bytes);
    } else {
      otherEvents.accept(bytes);
      otherIds += id.equals(journal) ? 0 : 1;
      journal = id;
    }
  }

  private StepCount step(GroupAddress group) {
    StepCount step =
        steps.computeIfAbsent(
            group.dataflow() + "\0" + group.step(),
            name -> new StepCount(group.dataflow(), group.step()));
    step.groups.set(group.group());
    return step;
  }

  StoreStats stats(StoreIdentity identity, Path dir) throws IOException {
    return new StoreStats(
        identity.format(),
        identity.owner(),
        identity.keyGroups(),
        identity.creation(),
        files(dir),
        steps.values().stream().map(StepCount::toStats).toList(),
        new StoreStats.Journals(otherIds, otherEvents.getCount(), otherEvents.getSum()));
  }

  private static List<StoreStats.FileKind> files(Path dir) throws IOException {
    Map<String, LongSummaryStatistics> kinds = new TreeMap<>();
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        kinds
            .computeIfAbsent(kind(file.getFileName().toString()), k -> new LongSummaryStatistics())
            .accept(Files.size(file));
      }
    }
    List<StoreStats.FileKind> list = new ArrayList<>();
    kinds.forEach(
        (kind, sizes) ->
            list.add(new StoreStats.FileKind(kind, (int) sizes.getCount(), sizes.getSum())));
    return list;
  }

  private static String kind(String name) {
    if (name.endsWith(".sst") || name.endsWith(".ldb")) {
      return "tables";
    }
    return name.endsWith(".log") ? "logs" : "other";
  }

  private static String text(KeyReader in) {
    return new String(in.terminated(), StandardCharsets.UTF_8);
  }
}
