package dev.keyling.actors;

import dev.keyling.bytes.ByteWriter;
import dev.keyling.kernel.EntryKey;

/** Names entries of images, in bytes as they are stored. */
final class Entries {
  private Entries() {}

  /** Names the entry of a ValueState. */
  static EntryKey value(String name) {
    ByteWriter writer = new ByteWriter();
    writer.writeByte(1);
    writer.writeByte('v');
    writer.writeString(name);
    writer.writeBytes(new byte[0]);
    return EntryKey.of(writer.toByteArray());
  }
}
