package dev.keyling.persistence.leveldb.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Assumptions;

/** A small file system that is mounted while a test needs it. Wants Linux and root. */
final class SmallDisk implements AutoCloseable {

  private final Path image;
  private final Path mounted;

  private SmallDisk(Path image, Path mounted) {
    this.image = image;
    this.mounted = mounted;
  }

  /** Skips the test where no file system can be mounted. */
  static void assumeMountable(Path home) {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("user.name").equals("root")
            && Shell.has("mount", "umount", "mkfs.ext4"),
        "needs Linux, root, mount and mkfs.ext4");
    try {
      ext4(Files.createTempDirectory(home, "trial"), 8).close();
    } catch (IOException | IllegalStateException e) {
      Assumptions.abort("needs loop devices: " + e.getMessage());
    }
  }

  /** Makes an ext4 in an image file. */
  static SmallDisk ext4(Path home, int mebibytes) throws IOException {
    Path image = home.resolve("image");
    Shell.run("truncate", "-s", mebibytes + "M", image.toString());
    Shell.run("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", image.toString());
    return mount(image, home.resolve("mounted"));
  }

  /** Makes one in memory. */
  static SmallDisk tmpfs(Path home, int mebibytes) throws IOException {
    Path mounted = Files.createDirectories(home.resolve("mounted"));
    Shell.run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "none", mounted.toString());
    return new SmallDisk(mounted, mounted);
  }

  private static SmallDisk mount(Path image, Path mounted) throws IOException {
    Files.createDirectories(mounted);
    Shell.run("mount", "-o", "loop", image.toString(), mounted.toString());
    return new SmallDisk(image, mounted);
  }

  Path root() {
    return mounted;
  }

  /**
   * Mounts a copy of what has reached the disk, as after a power cut. Nobody may write meanwhile;
   * what the system writes by itself makes it try again.
   */
  SmallDisk cutPower(Path home) throws IOException {
    Path copy = home.resolve("copy");
    FileTime before;
    do {
      before = Files.getLastModifiedTime(image);
      Files.copy(image, copy, StandardCopyOption.REPLACE_EXISTING);
    } while (!Files.getLastModifiedTime(image).equals(before));
    return mount(copy, home.resolve("after"));
  }

  @Override
  public void close() {
    Shell.run("umount", mounted.toString());
  }
}
