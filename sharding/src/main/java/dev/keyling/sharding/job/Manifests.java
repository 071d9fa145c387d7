package dev.keyling.sharding.job;

import java.io.IOException;

/**
 * Where the manifests of checkpoints are kept beside the coordinator's record. The methods block;
 * they are called from one thread at a time.
 */
interface Manifests {
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
   * @param place what {@link #keep} returned
   * @throws IOException if it is not there any more, or damaged
   */
  Manifest read(long checkpoint, byte[] place) throws IOException;

  /** Lets go of a manifest that nobody can ask for any more, if it is there. */
  void discard(long checkpoint, byte[] place) throws IOException;

  /** In the record itself. */
  Manifests IN_RECORD =
      new Manifests() {
        @Override
        public byte[] keep(Manifest manifest) {
          return Kept.NOTHING;
        }

        @Override
        public Manifest read(long checkpoint, byte[] place) {
          throw new IllegalStateException("the record holds the manifest");
        }

        @Override
        public void discard(long checkpoint, byte[] place) {}
      };
}
