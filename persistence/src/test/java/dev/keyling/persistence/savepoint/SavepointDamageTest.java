package dev.keyling.persistence.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file of a savepoint is refused; nothing is read as something else. */
class SavepointDamageTest {
  private static final int ROUNDS = 400;
  private static final long SEED = 20240501;

  @TempDir private Path dir;

  /** What may happen to a file; does nothing if it does not change anything. */
  private enum Damage {
    FLIPPED {
      @Override
      byte[] of(byte[] bytes, Path other, Random random) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
      }
    },
    CUT {
      @Override
      byte[] of(byte[] bytes, Path other, Random random) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
    },
    LONGER {
      @Override
      byte[] of(byte[] bytes, Path other, Random random) {
        return Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(100));
      }
    },
    ZEROED {
      @Override
      byte[] of(byte[] bytes, Path other, Random random) {
        int from = random.nextInt(bytes.length);
        Arrays.fill(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(64)), (byte) 0);
        return bytes;
      }
    },
    WITHOUT_A_PIECE {
      @Override
      byte[] of(byte[] bytes, Path other, Random random) {
        int from = random.nextInt(bytes.length);
        int to = from + random.nextInt(bytes.length - from + 1);
        byte[] left = new byte[bytes.length - (to - from)];
        System.arraycopy(bytes, 0, left, 0, from);
        System.arraycopy(bytes, to, left, from, bytes.length - to);
        return left;
      }
    },
    OF_ANOTHER {
      @Override
      byte[] of(byte[] bytes, Path other, Random random) throws IOException {
        return Files.readAllBytes(other);
      }
    };

    abstract byte[] of(byte[] bytes, Path other, Random random) throws IOException;
  }

  @Test
  void everyDamageIsRefused() throws IOException {
    Visits.write(dir.resolve("whole"), 60, 4);
    Visits.write(dir.resolve("alike"), 60, 4);
    Random random = new Random(SEED);
    Map<Damage, Integer> refused = new EnumMap<>(Damage.class);
    for (int round = 0; round < ROUNDS; round++) {
      Path copy = copy("whole", "copy" + round);
      List<Path> files = files(copy);
      Path file = files.get(random.nextInt(files.size()));
      boolean own = random.nextBoolean();
      Path other =
          own
              ? files.get(random.nextInt(files.size()))
              : dir.resolve("alike").resolve(file.getFileName());
      Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
      byte[] whole = Files.readAllBytes(file);
      byte[] damaged = damage.of(whole.clone(), other, random);
      if (Arrays.equals(whole, damaged)) {
        continue;
      }
      Files.write(file, damaged);
      assertThatThrownBy(() -> SavepointReader.open(copy).verify())
          .as(
              "round %d: %s of %s, %d bytes now %d",
              round, damage, file, whole.length, damaged.length)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(copy.toString())
          .message()
          .doesNotContain("\n");
      refused.merge(damage, 1, Integer::sum);
    }
    assertThat(refused).containsOnlyKeys(Damage.values());
    assertThat(refused.values()).allMatch(count -> count > ROUNDS / 20);
  }

  @Test
  void aMissingFileAndOneTooManyAreNamed() throws IOException {
    Visits.write(dir.resolve("whole"), 60, 4);
    Path missing = copy("whole", "missing");
    Files.delete(missing.resolve("step-0-group-2.keys"));
    assertThatThrownBy(() -> SavepointReader.open(missing))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("step-0-group-2.keys, of step \"visits\" key group 2, is missing")
        .hasMessageContaining("another copy");
    Path more = copy("whole", "more");
    Files.createFile(more.resolve("step-0-group-9.keys"));
    assertThatThrownBy(() -> SavepointReader.open(more))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("files that are not of it: step-0-group-9.keys");
  }

  @Test
  void aLaterFormatAsksForTheLaterVersion() throws IOException {
    Visits.write(dir.resolve("whole"), 3, 1);
    Path manifest = dir.resolve("whole").resolve("manifest.json");
    String text = Files.readString(manifest);
    String body =
        text.substring(0, text.lastIndexOf(",\n")).replace("\"format\" : 1", "\"format\" : 2");
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    Files.writeString(manifest, body + ",\n  \"crc32c\" : \"%08x\"\n}\n".formatted(crc.getValue()));
    assertThatThrownBy(() -> SavepointReader.open(dir.resolve("whole")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("format 2")
        .hasMessageContaining("the version that wrote it");
  }

  private Path copy(String from, String to) throws IOException {
    Path copy = Files.createDirectory(dir.resolve(to));
    for (Path file : files(dir.resolve(from))) {
      Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
    return copy;
  }

  private static List<Path> files(Path savepoint) throws IOException {
    try (Stream<Path> files = Files.list(savepoint)) {
      return files.sorted().toList();
    }
  }
}
