package dev.keyling.persistence.leveldb.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What may happen to one file of a store. Each says in words what it did. */
enum Mutation {
  FLIP_A_BIT {
    @Override
    String apply(Path file, Random random, Path other, Path old) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      int at = random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);
      return "at " + at;
    }
  },
  ZERO_A_RANGE {
    @Override
    String apply(Path file, Random random, Path other, Path old) throws IOException {
      try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
        long at = random.nextLong(bytes.length());
        int length = (int) Math.min(1 + random.nextInt(4096), bytes.length() - at);
        bytes.seek(at);
        bytes.write(new byte[length]);
        return length + " at " + at;
      }
    }
  },
  CUT {
    @Override
    String apply(Path file, Random random, Path other, Path old) throws IOException {
      try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
        long at = random.nextLong(bytes.length());
        bytes.setLength(at);
        return "at " + at;
      }
    }
  },
  APPEND_GARBAGE {
    @Override
    String apply(Path file, Random random, Path other, Path old) throws IOException {
      byte[] garbage = new byte[1 + random.nextInt(8192)];
      random.nextBytes(garbage);
      Files.write(file, garbage, java.nio.file.StandardOpenOption.APPEND);
      return garbage.length + " bytes";
    }
  },
  SWAP_TWO_RANGES {
    @Override
    String apply(Path file, Random random, Path other, Path old) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      int length = Math.max(1, Math.min(4096, bytes.length / 4));
      int first = random.nextInt(Math.max(1, bytes.length / 2 - length));
      int second = bytes.length / 2 + random.nextInt(Math.max(1, bytes.length / 2 - length));
      byte[] kept = java.util.Arrays.copyOfRange(bytes, first, first + length);
      System.arraycopy(bytes, second, bytes, first, length);
      System.arraycopy(kept, 0, bytes, second, length);
      Files.write(file, bytes);
      return length + " at " + first + " and " + second;
    }
  },
  TAKE_FROM_ANOTHER_STORE {
    @Override
    String apply(Path file, Random random, Path other, Path old) throws IOException {
      List<Path> alike = alike(file, other);
      Path same = alike.stream().filter(f -> f.endsWith(file.getFileName())).findAny().orElse(null);
      Path taken =
          same != null && random.nextInt(4) > 0 ? same : alike.get(random.nextInt(alike.size()));
      Files.copy(taken, file, StandardCopyOption.REPLACE_EXISTING);
      return "the file " + taken.getFileName();
    }
  },
  DELETE {
    @Override
    String apply(Path file, Random random, Path other, Path old) throws IOException {
      Files.delete(file);
      return "";
    }
  },
  BRING_BACK_AN_OLD_FILE {
    @Override
    String apply(Path file, Random random, Path other, Path old) throws IOException {
      List<Path> alike = alike(file, old);
      Path taken = alike.get(random.nextInt(alike.size()));
      boolean over = random.nextBoolean();
      Path to = over ? file : file.resolveSibling(taken.getFileName());
      Files.copy(taken, to, StandardCopyOption.REPLACE_EXISTING);
      return taken.getFileName() + " as " + to.getFileName();
    }
  },
  COPY_ANOTHER_OF_ITS_FILES {
    @Override
    String apply(Path file, Random random, Path other, Path old) throws IOException {
      List<Path> alike = alike(file, Mutation.root(file));
      Path taken = alike.get(random.nextInt(alike.size()));
      byte[] bytes = Files.readAllBytes(taken);
      Files.write(file, bytes);
      return "the file " + taken.getFileName();
    }
  };

  /** Applies it to a file of a store; there are other stores beside to take files from. */
  abstract String apply(Path file, Random random, Path other, Path old) throws IOException;

  /** What LevelDB or the store reads; locks and LevelDB's own diary say nothing. */
  static List<Path> files(Path store) throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !f.getFileName().toString().matches("lock|LOCK|LOG|LOG.old"))
          .filter(f -> f.toFile().length() > 0)
          .sorted()
          .toList();
    }
  }

  /** What kind of file it is. */
  static String role(Path file) {
    String name = file.getFileName().toString();
    return name.replaceAll("^\\d+", "n").replaceAll("\\d+$", "n");
  }

  private static List<Path> alike(Path file, Path store) throws IOException {
    List<Path> files = files(store);
    List<Path> alike = files.stream().filter(f -> role(f).equals(role(file))).toList();
    return alike.isEmpty() ? files : alike;
  }

  private static Path root(Path file) {
    Path parent = file.getParent();
    return parent.endsWith("db") ? parent.getParent() : parent;
  }
}
