package dev.keyling.sharding.job;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The event that a coordinator persists: where the job stands, whole, so that the newest one says
 * all. One is written when an attempt starts, before anything external happens, and one with every
 * completed checkpoint: that write is the checkpoint.
 *
 * @param firstId the first checkpoint id of the attempt
 * @param reservedTo the last id of the block that is reserved; none beyond it was ever used
 * @param segments valid history, this attempt's included as far as it is complete
 * @param program what must not change between runs: by step id, key groups and key type
 * @param completed the newest completed checkpoint
 * @param retained the completed checkpoints that can be restored, oldest first, the newest
 *     included; empty if none has completed
 */
record JobRecord(
    int attempt,
    long firstId,
    long reservedTo,
    List<Segment> segments,
    Map<String, String> program,
    @Nullable Manifest completed,
    List<Kept> retained) {
  /** Ids that are reserved together. */
  static final long BLOCK = 1000;

  private static final int FORMAT = 3;

  /** Without the steps that had ended, and without the numbers of keys. */
  private static final int FORMAT_2 = 2;

  /** Without retained checkpoints. */
  private static final int FORMAT_1 = 1;

  /**
   * Returns the record with which an attempt begins.
   *
   * @param first its number if nothing was recorded before
   */
  static JobRecord ofNextAttempt(
      @Nullable JobRecord before, int first, Map<String, String> program) {
    if (before == null) {
      return new JobRecord(first, 1, BLOCK, List.of(), program, null, List.of());
    }
    long firstId = before.reservedTo() + 1;
    return new JobRecord(
        before.attempt() + 1,
        firstId,
        firstId + BLOCK - 1,
        before.segments(),
        program,
        before.completed(),
        before.retained());
  }

  History history() {
    return History.of(segments);
  }

  /** Returns the checkpoints that can be restored, oldest first. */
  List<Checkpoint> checkpoints() {
    return retained.stream().map(Kept::checkpoint).toList();
  }

  /** Returns the ids of the checkpoints that can be restored, oldest first. */
  List<Long> retainedIds() {
    return retained.stream().map(Kept::id).toList();
  }

  /**
   * Returns the record of this attempt with a newly completed checkpoint.
   *
   * @param kept what is known of it
   * @param numRetained how many checkpoints can be restored from now on, this one included
   */
  JobRecord withCompleted(Manifest manifest, Kept kept, int numRetained, long newReservedTo) {
    List<Segment> extended =
        new ArrayList<>(segments.stream().filter(segment -> segment.attempt() != attempt).toList());
    extended.add(new Segment(attempt, firstId - 1, manifest.id()));
    List<Kept> all = new ArrayList<>();
    for (Kept each : retained) {
      all.add(completed != null && each.id() == completed.id() ? each.holding(completed) : each);
    }
    all.add(kept);
    return new JobRecord(
        attempt,
        firstId,
        newReservedTo,
        extended,
        program,
        manifest,
        List.copyOf(all.subList(Math.max(0, all.size() - numRetained), all.size())));
  }

  /**
   * Returns this record as if a retained checkpoint were the newest: what came after it never was.
   *
   * @param manifest what that checkpoint says
   */
  JobRecord backTo(Manifest manifest) {
    long id = manifest.id();
    return new JobRecord(
        attempt,
        firstId,
        reservedTo,
        history().upTo(id).segments(),
        program,
        manifest,
        retained.stream()
            .filter(each -> each.id() <= id)
            .map(each -> each.id() == id ? each.asNewest() : each)
            .toList());
  }

  /** Tells whether there is more to restore from than the newest checkpoint in this record. */
  boolean hasRestorePoints() {
    return retained.size() > 1 || retained.stream().anyMatch(each -> each.place().length > 0);
  }

  /** Returns this record with the newest checkpoint only, and nothing outside. */
  JobRecord withoutRestorePoints() {
    List<Kept> newest = retained.subList(Math.max(0, retained.size() - 1), retained.size());
    return new JobRecord(
        attempt,
        firstId,
        reservedTo,
        segments,
        program,
        completed,
        newest.stream().map(Kept::withoutPlace).toList());
  }

  /**
   * Returns this record, which has reserved an id, as if a checkpoint of that id were all there is.
   *
   * @param manifest what that checkpoint says
   */
  JobRecord restored(Manifest manifest, Map<String, String> ofProgram) {
    return new JobRecord(
        attempt,
        firstId,
        reservedTo,
        List.of(new Segment(attempt, manifest.id() - 1, manifest.id())),
        ofProgram,
        manifest,
        List.of(Kept.newest(manifest, 0, 0, 0, Kept.NOTHING)));
  }

  byte[] encode() {
    ByteWriter writer = new ByteWriter();
    writer.writeByte(FORMAT);
    writer.writeVarInt(attempt);
    writer.writeVarLong(firstId);
    writer.writeVarLong(reservedTo);
    writer.writeVarInt(segments.size());
    for (Segment segment : segments) {
      writer.writeVarInt(segment.attempt());
      writer.writeVarLong(segment.from());
      writer.writeVarLong(segment.to());
    }
    writer.writeVarInt(program.size());
    program.forEach(
        (step, is) -> {
          writer.writeString(step);
          writer.writeString(is);
        });
    writer.writeByte(completed == null ? 0 : 1);
    if (completed != null) {
      ManifestFormat.write(completed, writer);
    }
    writer.writeVarInt(retained.size());
    retained.forEach(kept -> kept.write(writer));
    return writer.toByteArray();
  }

  static JobRecord decode(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes);
    int format = reader.readByte();
    if (format < FORMAT_1 || format > FORMAT) {
      throw new IllegalArgumentException(
          "a job record of format %d, this version reads formats %d to %d"
              .formatted(format, FORMAT_1, FORMAT));
    }
    int attempt = reader.readVarInt();
    long firstId = reader.readVarLong();
    long reservedTo = reader.readVarLong();
    List<Segment> segments = new ArrayList<>();
    for (int count = reader.readVarInt(); count > 0; count--) {
      segments.add(new Segment(reader.readVarInt(), reader.readVarLong(), reader.readVarLong()));
    }
    Map<String, String> program = new TreeMap<>();
    for (int count = reader.readVarInt(); count > 0; count--) {
      program.put(reader.readString(), reader.readString());
    }
    Manifest completed = reader.readByte() == 0 ? null : manifest(format, reader);
    List<Kept> retained = new ArrayList<>();
    if (format != FORMAT_1) {
      for (int count = reader.readVarInt(); count > 0; count--) {
        retained.add(format == FORMAT_2 ? Kept.readFormat2(reader) : Kept.read(reader));
      }
    } else if (completed != null) {
      retained.add(Kept.newest(completed, 0, 0, 0, Kept.NOTHING));
    }
    return new JobRecord(attempt, firstId, reservedTo, segments, program, completed, retained);
  }

  private static Manifest manifest(int format, ByteReader reader) {
    return switch (format) {
      case FORMAT_1 -> ManifestFormat.readFormat1(reader);
      case FORMAT_2 -> ManifestFormat.readFormat2(reader);
      default -> ManifestFormat.read(reader);
    };
  }
}
