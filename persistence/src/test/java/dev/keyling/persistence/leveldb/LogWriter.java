package dev.keyling.persistence.leveldb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes a log as LevelDB does, from records that fit into one block. */
final class LogWriter {

  private static final int BLOCK = 32768;
  private static final byte FULL = 1;

  private LogWriter() {}

  static void write(Path log, List<LogFile.Entry> records) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    for (LogFile.Entry record : records) {
      ByteBuffer bytes = record.bytes().duplicate().rewind();
      CRC32C crc = new CRC32C();
      crc.update(FULL);
      crc.update(bytes.duplicate());
      out.putInt(Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8);
      out.putShort((short) bytes.remaining()).put(FULL).put(bytes);
    }
    Files.write(log, Arrays.copyOf(out.array(), out.position()));
  }
}
