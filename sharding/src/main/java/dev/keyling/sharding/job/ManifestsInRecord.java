package dev.keyling.sharding.job;

import java.io.IOException;
import java.util.List;

/**
 * Manifests that the record itself holds.
 *
 * @param maxSize the largest, in bytes
 */
record ManifestsInRecord(long maxSize) implements Manifests {

  @Override
  public byte[] keep(Manifest manifest) throws IOException {
    if (maxSize < Long.MAX_VALUE) {
      int size = ManifestFormat.encode(manifest).length;
      if (size > maxSize) {
        throw new IOException(
            ("it takes %d bytes and the JobManagerCheckpointStorage no more than %d; give that a"
                    + " larger maxStateSize, or use a FileSystemCheckpointStorage")
                .formatted(size, maxSize));
      }
    }
    return Kept.NOTHING;
  }

  @Override
  public Manifest read(long checkpoint, byte[] place) throws IOException {
    return ManifestPlace.decode(place).withoutStorage().read(checkpoint, place);
  }

  @Override
  public void discard(long checkpoint, byte[] place) throws IOException {
    if (place.length > 0) {
      ManifestPlace.decode(place).withoutStorage().discard(checkpoint, place);
    }
  }

  @Override
  public List<Long> stored() {
    return List.of();
  }

  @Override
  public byte[] place() {
    return Kept.NOTHING;
  }
}
