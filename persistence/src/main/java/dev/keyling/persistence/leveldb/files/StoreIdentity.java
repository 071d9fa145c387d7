package dev.keyling.persistence.leveldb.files;

import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.record.Tag;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Who a store is: a small text file beside the database, written once when the store is made.
 *
 * @param format version of the stored layout
 * @param owner whom the store belongs to; empty for anybody
 * @param keyGroups number of key groups per step
 * @param creation made up when the store was made, and stored in the database too
 */
public record StoreIdentity(int format, String owner, int keyGroups, UUID creation) {

  /** The version of the layout this program reads and writes. */
  static final int FORMAT = 2;

  /** The version in which values of all stores were sealed alike. Still read and written. */
  private static final int SEALED_ALIKE = 1;

  /** Name of the file in the directory of a store. */
  public static final String FILE = "identity";

  private static final Pattern TEXT =
      Pattern.compile(
          "(keyling-store-format=(\\d+)\n"
              + "owner=(\\S*)\n"
              + "key-groups=(\\d+)\n"
              + "creation=(\\S+)\n"
              + ")crc32c=(\\w{8})\n");

  /** Makes up a new one. */
  public static StoreIdentity create(String owner, int keyGroups) {
    return new StoreIdentity(FORMAT, owner, keyGroups, UUID.randomUUID());
  }

  /** Writes the file so that it is there as a whole or not at all. */
  public void write(Path dir) throws IOException {
    Path draft = dir.resolve(FILE + ".new");
    ByteBuffer bytes = ByteBuffer.wrap(toText().getBytes(StandardCharsets.UTF_8));
    try (FileChannel file =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    Files.move(draft, dir.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Reads the file of a store, refusing a damaged one. */
  public static StoreIdentity read(Path dir) throws IOException {
    Path file = dir.resolve(FILE);
    Matcher text = TEXT.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!text.matches() || !crc(text.group(1)).equals(text.group(6))) {
      throw new StoreException(
          "damaged identity of a store: " + file + "; restore the directory from a copy");
    }
    return new StoreIdentity(
        Integer.parseInt(text.group(2)),
        URLDecoder.decode(text.group(3), StandardCharsets.UTF_8),
        Integer.parseInt(text.group(4)),
        UUID.fromString(text.group(5)));
  }

  /** Refuses a store that this program cannot read. */
  public void checkFormat(Path dir) {
    if (format < SEALED_ALIKE || format > FORMAT) {
      throw new StoreException(
          "the store in "
              + dir
              + " has format "
              + format
              + ", this program reads up to "
              + FORMAT
              + ": use its version");
    }
  }

  /** Refuses to be opened as somebody else's, or with another number of key groups. */
  public void check(Path dir, String wantedOwner, int wantedKeyGroups) {
    checkFormat(dir);
    String where = "the store in " + dir;
    if (!owner.isEmpty() && !wantedOwner.isEmpty() && !owner.equals(wantedOwner)) {
      throw new StoreException(
          where
              + " belongs to \""
              + owner
              + "\" and was opened as \""
              + wantedOwner
              + "\": choose another directory");
    }
    if (keyGroups != wantedKeyGroups) {
      throw new StoreException(
          where
              + " has "
              + keyGroups
              + " key groups, not "
              + wantedKeyGroups
              + ": set that number, or restore a savepoint into a new directory");
    }
  }

  /**
   * Returns what the seals of this store are mixed with; see {@link
   * dev.keyling.persistence.leveldb.record.Sealed#open}.
   */
  public int salt() {
    if (format == SEALED_ALIKE) {
      return 0;
    }
    CRC32C crc = new CRC32C();
    crc.update(creation.toString().getBytes(StandardCharsets.US_ASCII));
    return (int) crc.getValue();
  }

  /** Returns what the seal of this record is mixed with: the store's own records have no salt. */
  public int saltOf(byte[] key) {
    boolean isOwn = key.length == 1 && (key[0] == Tag.BATCH || key[0] == Tag.CREATION);
    return isOwn ? 0 : salt();
  }

  private String toText() {
    String text =
        "keyling-store-format=%d\nowner=%s\nkey-groups=%d\ncreation=%s\n"
            .formatted(
                format, URLEncoder.encode(owner, StandardCharsets.UTF_8), keyGroups, creation);
    return text + "crc32c=" + crc(text) + "\n";
  }

  private static String crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return "%08x".formatted(crc.getValue());
  }
}
