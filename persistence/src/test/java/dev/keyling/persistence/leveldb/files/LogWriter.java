package dev.keyling.persistence.leveldb.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes logs as LevelDB does, and as a crash leaves them. */
public final class LogWriter {

  private static final int BLOCK = 32768;
  private static final byte FULL = 1;

  private LogWriter() {}

  /** The records must fit into one block. */
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

  /** Cuts off the end of the last record in the oldest log of a database. */
  public static void tear(Path db) throws IOException {
    Path log = LogSync.logs(db).get(0);
    List<LogFile.Entry> entries = LogFile.read(log).entries();
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(entries.get(entries.size() - 1).end() - 1);
    }
  }
}
