package dev.keyling.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A disk on which a process dies at a chosen call, and which remembers what a power cut would
 * leave: the bytes that were forced, under the names whose directory was forced.
 */
final class CrashingDisk implements Disk {

  /** The process is dead: every further call on this disk throws it too. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  /** What the call at which the process dies has done. Before a call is after the one before. */
  enum When {
    HALF_DONE,
    AFTER
  }

  /** A change, of which {@code half} is what a crash in its middle leaves. */
  interface Change {
    void make(boolean half) throws IOException;
  }

  private final List<FileChannel> open = new ArrayList<>();
  private final Map<Path, byte[]> forcedBytes = new HashMap<>();
  private final Set<Path> forcedNames = new HashSet<>();
  private final Set<Path> directories = new HashSet<>();
  private int calls;
  private int crashAt;
  private When when = When.AFTER;
  private boolean dead;
  private boolean full;
  private int forces;

  /** Starts a new process, which dies at its call number {@code crashAt}; 0: never. */
  void start(int crashAt, When when) throws IOException {
    kill();
    this.crashAt = crashAt;
    this.when = when;
    calls = 0;
    dead = false;
  }

  /** From now on, writing takes half of the bytes and fails; or it works again. */
  void full(boolean full) {
    this.full = full;
  }

  int forces() {
    return forces;
  }

  @Override
  public FileChannel open(Path file, OpenOption... options) throws IOException {
    FileChannel[] opened = new FileChannel[1];
    change(
        half -> {
          FileChannel channel = new CrashingChannel(this, file, FileChannel.open(file, options));
          open.add(channel);
          opened[0] = channel;
        });
    return opened[0];
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    directories.add(directory);
    change(half -> Disk.super.createDirectory(directory));
  }

  @Override
  public void delete(Path path) throws IOException {
    change(half -> Disk.super.delete(path));
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    change(
        half -> {
          if (!half) {
            Path parent = directory.normalize();
            forcedNames.removeIf(name -> parent.equals(name.getParent()));
            forcedNames.addAll(list(parent));
          }
        });
  }

  void force(Path file) throws IOException {
    forces++;
    change(
        half -> {
          if (!half) {
            forcedBytes.put(file, Files.readAllBytes(file));
          }
        });
  }

  void write(Change change) throws IOException {
    if (full) {
      change.make(true);
      throw new IOException("No space left on device");
    }
    change(change);
  }

  void change(Change change) throws IOException {
    if (dead) {
      throw new Crash();
    }
    boolean dies = ++calls == crashAt;
    change.make(dies && when == When.HALF_DONE);
    if (dies) {
      kill();
      throw new Crash();
    }
  }

  private void kill() throws IOException {
    dead = true;
    for (FileChannel channel : open) {
      channel.close();
    }
    open.clear();
  }

  /** Kills the process and the machine: what was not forced is on the disk by chance. */
  void cutPower(Path root, Random chance) throws IOException {
    kill();
    Set<Path> names = new TreeSet<>(forcedNames);
    names.addAll(list(root));
    for (Path directory : list(root)) {
      if (Files.isDirectory(directory)) {
        names.addAll(list(directory));
      }
    }
    for (Path name : names) {
      boolean there = Files.exists(name);
      boolean sure = there == forcedNames.contains(name);
      boolean stays = sure ? there : chance.nextBoolean();
      if (!stays) {
        deleteAll(name);
      } else if (directories.contains(name)) {
        Files.createDirectories(name);
      } else if (Files.isDirectory(name.getParent())) {
        byte[] forced = forcedBytes.getOrDefault(name, new byte[0]);
        Files.write(name, there ? torn(forced, Files.readAllBytes(name), chance) : forced);
      }
    }
    forcedBytes.clear();
    forcedNames.clear();
    for (Path name : names) {
      if (Files.exists(name)) {
        forcedNames.add(name);
        if (Files.isRegularFile(name)) {
          forcedBytes.put(name, Files.readAllBytes(name));
        }
      }
    }
  }

  /**
   * Mixes what was forced with what was written after: any length between, any sector old or new.
   */
  private static byte[] torn(byte[] forced, byte[] written, Random chance) {
    int shortest = Math.min(forced.length, written.length);
    int length = shortest + chance.nextInt(Math.abs(forced.length - written.length) + 1);
    ByteBuffer left = ByteBuffer.allocate(length);
    while (left.hasRemaining()) {
      byte[] from = chance.nextBoolean() ? forced : written;
      for (int sector = Math.min(4, left.remaining()); sector > 0; sector--) {
        int i = left.position();
        left.put(i < from.length ? from[i] : 0);
      }
    }
    return left.array();
  }

  private static void deleteAll(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      for (Path file : list(path)) {
        Files.delete(file);
      }
    }
    Files.deleteIfExists(path);
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
