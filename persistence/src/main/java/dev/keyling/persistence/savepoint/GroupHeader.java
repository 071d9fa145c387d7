package dev.keyling.persistence.savepoint;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;

/**
 * What a file of a savepoint says that it is, so that none can be taken for another.
 *
 * @param creation that of the savepoint
 * @param checkpointId that of the savepoint
 */
public record GroupHeader(
    String creation, String dataflow, long checkpointId, String step, int group) {

  /** Returns what the file of a key group has to say. */
  static GroupHeader of(SavepointManifest manifest, SavedStep step, int group) {
    return new GroupHeader(
        manifest.creation(), manifest.dataflow(), manifest.checkpointId(), step.id(), group);
  }

  byte[] encode() {
    ByteWriter writer = new ByteWriter();
    writer.writeByte(SavepointManifest.FORMAT);
    writer.writeString(creation);
    writer.writeString(dataflow);
    writer.writeVarLong(checkpointId);
    writer.writeString(step);
    writer.writeVarInt(group);
    return writer.toByteArray();
  }

  static GroupHeader decode(ByteReader reader) {
    int format = reader.readByte();
    if (format != SavepointManifest.FORMAT) {
      throw new IllegalArgumentException("it has format " + format);
    }
    return new GroupHeader(
        reader.readString(),
        reader.readString(),
        reader.readVarLong(),
        reader.readString(),
        reader.readVarInt());
  }
}
