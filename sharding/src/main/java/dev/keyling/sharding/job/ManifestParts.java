package dev.keyling.sharding.job;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A manifest in parts. Bytes of the metadata: {@code "KLM"}, the format, the manifest without the
 * large handles ({@link ManifestFormat}), the number of these, and for each: sink, place among the
 * handles of the sink, length, CRC32C; at the end the CRC32C of all before. Checksums take 8 bytes.
 */
final class ManifestParts {
  private static final byte[] MAGIC = {'K', 'L', 'M', 2};

  /** Without the steps that had ended. */
  private static final byte[] MAGIC_1 = {'K', 'L', 'M', 1};

  private ManifestParts() {}

  /** Reads a part by its number. */
  interface Parts {
    byte[] read(int part) throws IOException;
  }

  /**
   * Puts a manifest apart.
   *
   * @param threshold handles of so many bytes are parts
   * @param parts takes the large handles
   * @return the metadata
   */
  static byte[] split(Manifest manifest, int threshold, List<byte[]> parts) {
    ByteWriter index = new ByteWriter();
    Map<String, List<byte[]>> small = new TreeMap<>();
    manifest
        .handles()
        .forEach(
            (sink, handles) -> {
              List<byte[]> left = new ArrayList<>(handles);
              for (int i = 0; i < handles.size(); i++) {
                byte[] handle = handles.get(i);
                if (handle.length >= threshold && handle.length > 0) {
                  left.set(i, Kept.NOTHING);
                  parts.add(handle);
                  index.writeString(sink);
                  index.writeVarInt(i);
                  index.writeVarInt(handle.length);
                  index.writeLong(crc(handle, handle.length));
                }
              }
              small.put(sink, left);
            });
    ByteWriter metadata = new ByteWriter();
    metadata.writeRaw(MAGIC);
    metadata.writeBytes(ManifestFormat.encode(with(manifest, small)));
    metadata.writeVarInt(parts.size());
    metadata.writeBytes(index.toByteArray());
    byte[] whole = metadata.toByteArray();
    metadata.writeLong(crc(whole, whole.length));
    return metadata.toByteArray();
  }

  private static Manifest with(Manifest manifest, Map<String, List<byte[]>> handles) {
    return new Manifest(
        manifest.id(),
        manifest.completedAt(),
        manifest.positions(),
        manifest.generators(),
        manifest.watermarks(),
        handles,
        manifest.overtaken(),
        manifest.ended());
  }

  private static long crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  private static boolean begins(byte[] bytes, byte[] with) {
    return bytes.length >= with.length
        && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
  }

  /**
   * Puts a manifest together.
   *
   * @throws IOException if anything is not as it was
   */
  static Manifest join(byte[] metadata, Parts parts) throws IOException {
    int length = metadata.length - Long.BYTES;
    boolean isFormat1 = begins(metadata, MAGIC_1);
    if (length < MAGIC.length || !isFormat1 && !begins(metadata, MAGIC)) {
      throw new IOException(
          "its _metadata is damaged or of another version; restore another checkpoint");
    }
    ByteReader tail = new ByteReader(Arrays.copyOfRange(metadata, length, metadata.length));
    if (tail.readLong() != crc(metadata, length)) {
      throw new IOException("its _metadata is damaged; restore another checkpoint");
    }
    ByteReader reader = new ByteReader(Arrays.copyOfRange(metadata, MAGIC.length, length));
    ByteReader small = new ByteReader(reader.readBytes());
    Manifest manifest = isFormat1 ? ManifestFormat.readFormat2(small) : ManifestFormat.read(small);
    int count = reader.readVarInt();
    ByteReader index = new ByteReader(reader.readBytes());
    Map<String, List<byte[]>> handles = new TreeMap<>();
    manifest.handles().forEach((sink, some) -> handles.put(sink, new ArrayList<>(some)));
    for (int part = 0; part < count; part++) {
      String sink = index.readString();
      int place = index.readVarInt();
      int size = index.readVarInt();
      long crc = index.readLong();
      byte[] handle = parts.read(part);
      if (handle.length != size || crc(handle, size) != crc) {
        throw new IOException(
            "what sink \"%s\" staged for it (part-%d) is damaged; restore another checkpoint"
                .formatted(sink, part));
      }
      handles.getOrDefault(sink, List.of()).set(place, handle);
    }
    return with(manifest, handles);
  }
}
