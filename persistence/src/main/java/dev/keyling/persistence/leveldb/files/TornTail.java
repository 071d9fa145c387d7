package dev.keyling.persistence.leveldb.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The end of a file that was being written when the process or the machine stopped. It does not
 * count, and LevelDB would refuse it.
 *
 * @param end where the file ends without it
 */
record TornTail(Path file, long end) {

  void cut() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(end);
      channel.force(true);
    }
  }

  String inWords() {
    return "torn tail of " + file + " at byte " + end + " left out";
  }
}
