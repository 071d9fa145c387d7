package dev.keyling.sharding.job;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.connector.Position;
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
 */
record JobRecord(
    int attempt,
    long firstId,
    long reservedTo,
    List<Segment> segments,
    Map<String, String> program,
    @Nullable Manifest completed) {
  /** Ids that are reserved together. */
  static final long BLOCK = 1000;

  private static final int FORMAT = 1;

  /**
   * Returns the record with which an attempt begins.
   *
   * @param first its number if nothing was recorded before
   */
  static JobRecord ofNextAttempt(
      @Nullable JobRecord before, int first, Map<String, String> program) {
    if (before == null) {
      return new JobRecord(first, 1, BLOCK, List.of(), program, null);
    }
    long firstId = before.reservedTo() + 1;
    return new JobRecord(
        before.attempt() + 1,
        firstId,
        firstId + BLOCK - 1,
        before.segments(),
        program,
        before.completed());
  }

  History history() {
    return History.of(segments);
  }

  /** Returns the record of this attempt with a newly completed checkpoint. */
  JobRecord withCompleted(Manifest manifest, long newReservedTo) {
    List<Segment> extended =
        new ArrayList<>(segments.stream().filter(segment -> segment.attempt() != attempt).toList());
    extended.add(new Segment(attempt, firstId - 1, manifest.id()));
    return new JobRecord(attempt, firstId, newReservedTo, extended, program, manifest);
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
      write(completed, writer);
    }
    return writer.toByteArray();
  }

  private static void write(Manifest manifest, ByteWriter writer) {
    writer.writeVarLong(manifest.id());
    writer.writeVarLong(manifest.completedAt());
    writer.writeVarInt(manifest.positions().size());
    manifest
        .positions()
        .forEach(
            (name, position) -> {
              writer.writeString(name);
              writer.writeString(position.partition());
              writer.writeString(position.offset());
            });
    writeLongs(manifest.generators(), writer);
    writeLongs(manifest.watermarks(), writer);
    writer.writeVarInt(manifest.handles().size());
    manifest
        .handles()
        .forEach(
            (sink, handles) -> {
              writer.writeString(sink);
              writer.writeVarInt(handles.size());
              handles.forEach(writer::writeBytes);
            });
  }

  private static void writeLongs(Map<String, Long> longs, ByteWriter writer) {
    writer.writeVarInt(longs.size());
    longs.forEach(
        (name, value) -> {
          writer.writeString(name);
          writer.writeLong(value);
        });
  }

  static JobRecord decode(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes);
    int format = reader.readByte();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "a job record of format " + format + ", this version reads format " + FORMAT);
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
    Manifest completed = reader.readByte() == 0 ? null : readManifest(reader);
    return new JobRecord(attempt, firstId, reservedTo, segments, program, completed);
  }

  private static Manifest readManifest(ByteReader reader) {
    long id = reader.readVarLong();
    long completedAt = reader.readVarLong();
    Map<String, Position> positions = new TreeMap<>();
    for (int count = reader.readVarInt(); count > 0; count--) {
      positions.put(reader.readString(), new Position(reader.readString(), reader.readString()));
    }
    Map<String, Long> generators = readLongs(reader);
    Map<String, Long> watermarks = readLongs(reader);
    Map<String, List<byte[]>> handles = new TreeMap<>();
    for (int count = reader.readVarInt(); count > 0; count--) {
      String sink = reader.readString();
      List<byte[]> staged = new ArrayList<>();
      for (int each = reader.readVarInt(); each > 0; each--) {
        staged.add(reader.readBytes());
      }
      handles.put(sink, staged);
    }
    return new Manifest(id, completedAt, positions, generators, watermarks, handles);
  }

  private static Map<String, Long> readLongs(ByteReader reader) {
    Map<String, Long> longs = new TreeMap<>();
    for (int count = reader.readVarInt(); count > 0; count--) {
      longs.put(reader.readString(), reader.readLong());
    }
    return longs;
  }
}
