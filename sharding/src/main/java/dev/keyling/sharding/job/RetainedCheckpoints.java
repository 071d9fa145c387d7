package dev.keyling.sharding.job;

import dev.keyling.bytes.ByteReader;
import dev.keyling.persistence.StoreException;
import dev.keyling.plan.Plan;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The checkpoints of a job that can be restored. */
final class RetainedCheckpoints {
  private RetainedCheckpoints() {}

  /**
   * Goes back to one of them.
   *
   * @throws StoreException if there is no such checkpoint, or its manifest cannot be read
   */
  static JobRecord backTo(long id, @Nullable JobRecord record, Plan plan, Manifests manifests) {
    Kept kept = find(id, record, plan.name());
    JobRecord found = Objects.requireNonNull(record);
    return found.backTo(manifest(kept, found, plan, manifests));
  }

  private static Kept find(long id, @Nullable JobRecord record, String dataflow) {
    List<Kept> all = record == null ? List.of() : record.retained();
    return all.stream()
        .filter(each -> each.id() == id)
        .findFirst()
        .orElseThrow(
            () ->
                new StoreException(notRetained(id, dataflow, all.stream().map(Kept::id).toList())));
  }

  /** Says that a checkpoint is not there any more, and which are. */
  static String notRetained(long id, String dataflow, List<Long> retained) {
    String others =
        retained.isEmpty()
            ? "none is"
            : "these are: "
                + retained.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "checkpoint %d of dataflow \"%s\" is not retained, %s; setNumRetained says how many are kept"
        .formatted(id, dataflow, others);
  }

  private static Manifest manifest(Kept kept, JobRecord record, Plan plan, Manifests manifests) {
    Manifest newest = record.completed();
    if (newest != null && newest.id() == kept.id()) {
      return newest;
    }
    if (kept.place().length == 0) {
      return ManifestFormat.read(new ByteReader(kept.manifest()));
    }
    try {
      return manifests.read(kept.id(), kept.place());
    } catch (IOException e) {
      throw new StoreException(
          "dataflow \"%s\": checkpoint %d cannot be restored: %s"
              .formatted(plan.name(), kept.id(), e.getMessage()),
          e);
    }
  }
}
