package dev.keyling.sharding.job;

import dev.keyling.checkpoint.CheckpointConfig;
import dev.keyling.checkpoint.CheckpointStorage;
import dev.keyling.checkpoint.CustomCheckpointStorage;
import dev.keyling.checkpoint.FileSystemCheckpointStorage;
import dev.keyling.checkpoint.JobManagerCheckpointStorage;
import java.io.IOException;
import java.util.List;

/**
 * Where the manifests of checkpoints are kept beside the coordinator's record. The methods block;
 * they are called from one thread at a time.
 */
sealed interface Manifests permits ManifestsInRecord, ManifestsOutside {
  /**
   * Keeps the manifest of a checkpoint that is about to be recorded as complete; durable when it
   * returns.
   *
   * @return what finds it again, recorded with the checkpoint; empty if the record is to hold it
   * @throws IOException if it cannot be kept: the checkpoint then fails
   */
  byte[] keep(Manifest manifest) throws IOException;

  /**
   * Reads a manifest that was kept.
   *
   * @param place what {@link #keep} returned, perhaps in a run with another storage
   * @throws IOException if it is not there any more, or damaged, or out of reach of this storage
   */
  Manifest read(long checkpoint, byte[] place) throws IOException;

  /** Lets go of a manifest that nobody can ask for any more, if it is there. */
  void discard(long checkpoint, byte[] place) throws IOException;

  /** Returns the ids of the checkpoints of which anything is kept outside of the record. */
  List<Long> stored() throws IOException;

  /** Returns what {@link #keep} returns. */
  byte[] place();

  /** Returns the manifests of a dataflow, as its settings say. */
  static Manifests of(String dataflow, CheckpointConfig config) {
    CheckpointStorage storage = config.getCheckpointStorage();
    if (storage instanceof JobManagerCheckpointStorage inMemory) {
      return new ManifestsInRecord(inMemory.maxStateSize());
    }
    if (storage instanceof FileSystemCheckpointStorage files) {
      return ManifestsOutside.in(files, dataflow);
    }
    return storage instanceof CustomCheckpointStorage custom
        ? ManifestsOutside.in(custom)
        : new ManifestsInRecord(Long.MAX_VALUE);
  }
}
