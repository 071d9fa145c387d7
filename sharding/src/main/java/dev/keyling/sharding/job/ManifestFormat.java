package dev.keyling.sharding.job;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.connector.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The bytes of a manifest, inside a job record and where retained checkpoints are kept. */
final class ManifestFormat {
  private ManifestFormat() {}

  static byte[] encode(Manifest manifest) {
    ByteWriter writer = new ByteWriter();
    write(manifest, writer);
    return writer.toByteArray();
  }

  static void write(Manifest manifest, ByteWriter writer) {
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
    writer.writeVarInt(manifest.overtaken().size());
    manifest.overtaken().forEach((step, lanes) -> write(step, lanes, writer));
    writer.writeVarInt(manifest.ended().size());
    manifest.ended().forEach(writer::writeString);
  }

  private static void write(String step, Map<String, byte[]> lanes, ByteWriter writer) {
    writer.writeString(step);
    writer.writeVarInt(lanes.size());
    lanes.forEach(
        (lane, elements) -> {
          writer.writeString(lane);
          writer.writeBytes(elements);
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

  /** Reads a manifest as a job record of format 1 holds it: nothing could be overtaken. */
  static Manifest readFormat1(ByteReader reader) {
    return read(reader, false, false);
  }

  /** Reads a manifest as a job record of format 2 holds it: it does not tell what had ended. */
  static Manifest readFormat2(ByteReader reader) {
    return read(reader, true, false);
  }

  static Manifest read(ByteReader reader) {
    return read(reader, true, true);
  }

  private static Manifest read(ByteReader reader, boolean tellsOvertaken, boolean tellsEnded) {
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
    Map<String, Map<String, byte[]>> overtaken = tellsOvertaken ? readOvertaken(reader) : Map.of();
    Set<String> ended = new TreeSet<>();
    for (int count = tellsEnded ? reader.readVarInt() : 0; count > 0; count--) {
      ended.add(reader.readString());
    }
    return new Manifest(
        id, completedAt, positions, generators, watermarks, handles, overtaken, ended);
  }

  private static Map<String, Map<String, byte[]>> readOvertaken(ByteReader reader) {
    Map<String, Map<String, byte[]>> overtaken = new TreeMap<>();
    for (int count = reader.readVarInt(); count > 0; count--) {
      Map<String, byte[]> lanes = new TreeMap<>();
      overtaken.put(reader.readString(), lanes);
      for (int lane = reader.readVarInt(); lane > 0; lane--) {
        lanes.put(reader.readString(), reader.readBytes());
      }
    }
    return overtaken;
  }

  private static Map<String, Long> readLongs(ByteReader reader) {
    Map<String, Long> longs = new TreeMap<>();
    for (int count = reader.readVarInt(); count > 0; count--) {
      longs.put(reader.readString(), reader.readLong());
    }
    return longs;
  }
}
