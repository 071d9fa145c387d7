package dev.keyling.sharding.job;

import dev.keyling.checkpoint.Savepoint;
import dev.keyling.persistence.savepoint.GroupFile;
import dev.keyling.persistence.savepoint.SavedStep;
import dev.keyling.persistence.savepoint.SavepointManifest;
import dev.keyling.persistence.savepoint.UnfinishedSavepoint;
import dev.keyling.plan.Node.KeyedNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What has come together of a savepoint so far. For the coordinator's thread. */
final class SavepointInProgress {
  final Path target;

  /** Whether the job ends with it. */
  final boolean stops;

  final CompletableFuture<Savepoint> result;

  /** Its cut, once it is asked for. */
  CheckpointRequest.@Nullable Savepoint cut;

  /** Its directory, once that is made. */
  @Nullable UnfinishedSavepoint unfinished;

  /** What its checkpoint is, once that is complete. */
  @Nullable Manifest manifest;

  @Nullable Throwable failure;

  /** Key groups that are to be told to write. */
  final Queue<Group> toWrite = new ArrayDeque<>();

  /** How many key groups are writing. */
  int writing;

  private final Map<Integer, TreeMap<Integer, GroupFile>> files = new HashMap<>();

  /** A key group. */
  record Group(int step, int number) {}

  SavepointInProgress(Path target, boolean stops, CompletableFuture<Savepoint> result) {
    this.target = target;
    this.stops = stops;
    this.result = result;
  }

  /** Tells whether this is what a file was written for. */
  boolean isOf(String creation) {
    return unfinished != null && unfinished.creation().equals(creation);
  }

  /** Tells whether all key groups have written. */
  boolean isWritten() {
    return manifest != null && toWrite.isEmpty() && writing == 0;
  }

  void written(int step, GroupFile file) {
    files.computeIfAbsent(step, s -> new TreeMap<>()).put(file.group(), file);
  }

  /** Returns what it says of itself. */
  SavepointManifest manifest(JobParts parts) {
    Manifest checkpoint = Objects.requireNonNull(manifest);
    List<SavedStep> steps = new ArrayList<>();
    for (KeyedNode node : parts.plan().steps()) {
      TreeMap<Integer, GroupFile> own = files.getOrDefault(steps.size(), new TreeMap<>());
      steps.add(
          new SavedStep(
              node.stepId(),
              StepHosts.keyGroupsOf(parts, node),
              keyType(node),
              List.copyOf(own.values())));
    }
    return new SavepointManifest(
        parts.plan().name(),
        Objects.requireNonNull(unfinished).creation(),
        checkpoint.id(),
        Instant.ofEpochMilli(checkpoint.completedAt()),
        steps,
        checkpoint.positions(),
        checkpoint.generators(),
        checkpoint.watermarks(),
        checkpoint.handles(),
        checkpoint.ended());
  }

  private static @Nullable String keyType(KeyedNode node) {
    if (node.isOperator()) {
      return null;
    }
    return node.keyType() == null ? SavedStep.BY_VALUE : node.keyType().describe();
  }
}
