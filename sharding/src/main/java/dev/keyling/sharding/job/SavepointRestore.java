package dev.keyling.sharding.job;

import dev.keyling.checkpoint.Savepoint;
import dev.keyling.connector.Position;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.savepoint.SavedStep;
import dev.keyling.persistence.savepoint.SavepointManifest;
import dev.keyling.persistence.savepoint.SavepointReader;
import dev.keyling.persistence.savepoint.StepImages;
import dev.keyling.persistence.savepoint.StoredImage;
import dev.keyling.plan.Node.KeyedNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

/**
 * Puts what a savepoint has into the store of a job that does not run: rows of one id that was
 * never used, and a checkpoint of that id. Rows alone change nothing, as no history has their id;
 * the record with the checkpoint is the restore. Blocks.
 */
final class SavepointRestore {
  /** Rows are written together up to about this size. */
  private static final long TOGETHER = 4 << 20;

  private final JobParts parts;
  private final Savepoint from;

  SavepointRestore(JobParts parts, Savepoint from) {
    this.parts = parts;
    this.from = from;
  }

  /**
   * Writes the rows.
   *
   * @param reserved the durable record that reserves the id, with what counted before
   * @return the checkpoint
   * @throws dev.keyling.persistence.StoreException if the savepoint is damaged, or is not one of
   *     this program
   */
  Manifest into(JobRecord reserved) {
    SavepointReader savepoint = SavepointReader.open(from.path());
    SavepointManifest saved = savepoint.manifest();
    SavedProgram program = new SavedProgram(parts, from, saved);
    program.check();
    long id = reserved.firstId();
    for (KeyedNode node : parts.plan().steps()) {
      if (saved.steps().stream().map(SavedStep::id).anyMatch(node.stepId()::equals)) {
        write(node, savepoint.images(node.stepId(), StepHosts.keyGroupsOf(parts, node)), reserved);
      }
    }
    Map<String, Position> positions = new TreeMap<>(saved.positions());
    positions.keySet().removeIf(partition -> !program.hasSource(partition));
    Map<String, Long> watermarks = new TreeMap<>(saved.watermarks());
    watermarks.keySet().removeIf(step -> !program.hasStep(step));
    Map<String, List<byte[]>> handles = new TreeMap<>(saved.handles());
    handles.keySet().removeIf(sink -> !program.hasSink(sink));
    Set<String> ended = new TreeSet<>(saved.ended());
    ended.removeIf(step -> !program.hasStep(step));
    return new Manifest(
        id,
        parts.clock().millis(),
        positions,
        saved.generators(),
        watermarks,
        handles,
        Map.of(),
        ended);
  }

  private void write(KeyedNode node, StepImages images, JobRecord reserved) {
    for (int group = 0; group < images.keyGroups(); group++) {
      GroupAddress address = new GroupAddress(parts.plan().name(), node.stepId(), group);
      Iterator<StoredImage> keys = images.group(group);
      if (keys.hasNext()) {
        write(address, keys, reserved);
      }
    }
  }

  private void write(GroupAddress address, Iterator<StoredImage> keys, JobRecord reserved) {
    List<Row> rows = new ArrayList<>();
    long bytes = 0;
    while (keys.hasNext()) {
      StoredImage key = keys.next();
      for (Map.Entry<EntryKey, EntryValue> entry : key.image().entries().entrySet()) {
        byte[] value = entry.getValue().bytes();
        rows.add(new Row(key.key(), entry.getKey().bytes(), reserved.firstId(), value));
        bytes += key.key().length + entry.getKey().bytes().length + value.length;
        if (bytes > TOGETHER) {
          flush(address, rows, reserved);
          rows = new ArrayList<>();
          bytes = 0;
        }
      }
    }
    flush(address, rows, reserved);
  }

  /** The mark stays: commits behind it count as long as the restore is not recorded. */
  private void flush(GroupAddress address, List<Row> some, JobRecord reserved) {
    RowStore rows = Objects.requireNonNull(parts.rows(), "nothing is stored without checkpoints");
    Mark mark = rows.mark(address).orElseGet(() -> new Mark(0, 0));
    List<Long> retained = reserved.retainedIds();
    long oldest = retained.isEmpty() ? mark.id() : retained.get(0);
    try {
      rows.flush(address, some, mark, oldest, reserved.history()).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
