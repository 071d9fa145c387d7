package dev.keyling.sharding.job;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.checkpoint.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A completed checkpoint that can be restored.
 *
 * @param completedAt ms since 1970
 * @param took ms
 * @param bytes what it added to the journal
 * @param keys how many it changed; 0 if a version wrote it that did not count them
 * @param place where its manifest is kept outside of the record; empty if it is not
 * @param manifest its manifest, encoded; empty if it is kept outside, or if it is the newest
 *     checkpoint, whose manifest stands in the record as such
 */
@SuppressWarnings("ArrayRecordComponent")
record Kept(
    long id, long completedAt, long took, long bytes, long keys, byte[] place, byte[] manifest) {
  static final byte[] NOTHING = {};

  static Kept newest(Manifest manifest, long took, long bytes, long keys, byte[] place) {
    return new Kept(manifest.id(), manifest.completedAt(), took, bytes, keys, place, NOTHING);
  }

  /** Returns it as one that is not the newest any more. */
  Kept holding(Manifest own) {
    byte[] bytesOfIt = place.length > 0 ? NOTHING : ManifestFormat.encode(own);
    return new Kept(id, completedAt, took, bytes, keys, place, bytesOfIt);
  }

  /** Returns it as the newest. */
  Kept asNewest() {
    return new Kept(id, completedAt, took, bytes, keys, place, NOTHING);
  }

  /** Returns it as the newest, of which nothing is kept outside of the record. */
  Kept withoutPlace() {
    return new Kept(id, completedAt, took, bytes, keys, NOTHING, NOTHING);
  }

  /** Tells whether none of these is kept where this one is. */
  boolean isNotIn(List<Kept> others) {
    return others.stream().noneMatch(other -> other.id == id && Arrays.equals(other.place, place));
  }

  Checkpoint checkpoint() {
    return new Checkpoint(id, Instant.ofEpochMilli(completedAt), Duration.ofMillis(took), bytes);
  }

  void write(ByteWriter writer) {
    writer.writeVarLong(id);
    writer.writeVarLong(completedAt);
    writer.writeVarLong(took);
    writer.writeVarLong(bytes);
    writer.writeVarLong(keys);
    writer.writeBytes(place);
    writer.writeBytes(manifest);
  }

  /** Reads one as a job record of format 2 holds it. */
  static Kept readFormat2(ByteReader reader) {
    Kept kept =
        new Kept(
            reader.readVarLong(),
            reader.readVarLong(),
            reader.readVarLong(),
            reader.readVarLong(),
            0,
            reader.readBytes(),
            reader.readBytes());
    return kept.manifest.length == 0
        ? kept
        : kept.holding(ManifestFormat.readFormat2(new ByteReader(kept.manifest)));
  }

  static Kept read(ByteReader reader) {
    return new Kept(
        reader.readVarLong(),
        reader.readVarLong(),
        reader.readVarLong(),
        reader.readVarLong(),
        reader.readVarLong(),
        reader.readBytes(),
        reader.readBytes());
  }
}
