package dev.keyling.persistence.leveldb.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to one file of a store, all that was acknowledged is read, or it is refused with
 * a message: never a wrong answer, a hang, or the end of the JVM.
 */
class StoreMutationTest {

  private static final long SECONDS_PER_ROUND = 60;

  @TempDir Path dir;

  private final Map<String, Map<String, Integer>> outcomes = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  @BeforeEach
  void makeStores() {
    for (MutatedStore shape : MutatedStore.values()) {
      for (int variant = 0; variant < 2; variant++) {
        shape.make(dir.resolve(shape + "-" + variant), variant);
      }
    }
  }

  @Test
  void noMutationIsReadWrongly() throws Exception {
    run(20261, 200);
  }

  @Test
  @Tag("stress")
  void noneOfTenThousandMutationsIsReadWrongly() throws Exception {
    run(
        Long.getLong("keyling.seed", System.nanoTime()),
        Integer.getInteger("keyling.rounds", 10_000));
  }

  private void run(long seed, int rounds) throws Exception {
    System.out.printf("%d mutations, seed %d%n", rounds, seed);
    long begin = System.nanoTime();
    for (int next = 0; next < rounds; ) {
      next = child(seed, next, rounds);
    }
    System.out.printf("took %d ms%n", (System.nanoTime() - begin) / 1_000_000);
    outcomes.forEach((mutation, counts) -> System.out.printf("%-28s %s%n", mutation, counts));
    assertThat(failures).isEmpty();
    assertThat(outcomes.keySet()).hasSize(Mutation.values().length);
  }

  /** Runs rounds until one kills the JVM or hangs it; returns the round to go on with. */
  private int child(long seed, int first, int end) throws IOException, InterruptedException {
    Path errors = dir.resolve("errors");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                MutationRound.class.getName(),
                dir.toString(),
                Long.toString(seed),
                Integer.toString(first),
                Integer.toString(end))
            .redirectError(errors.toFile())
            .directory(dir.toFile())
            .start();
    String begun = "";
    int next = first;
    try (BufferedReader lines = child.inputReader()) {
      for (String line = read(lines); line != null; line = read(lines)) {
        if (line.startsWith("BEGIN|")) {
          begun = line;
        } else if (line.startsWith("END|")) {
          ended(begun, line);
          next++;
          begun = "";
        }
      }
    } catch (TimeoutException e) {
      failures.add("HANG " + begun);
    } finally {
      child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    if (next == end) {
      return end;
    }
    String said = Files.readString(errors);
    failures.add(
        "DEAD " + begun + " " + said.replaceAll("[^ -~\n]", "?").lines().limit(3).toList());
    return next + 1;
  }

  private static @Nullable String read(BufferedReader lines)
      throws TimeoutException, InterruptedException {
    CompletableFuture<@Nullable String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return lines.readLine();
              } catch (IOException e) {
                return null;
              }
            },
            task -> new Thread(task).start());
    try {
      return line.get(SECONDS_PER_ROUND, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return null;
    }
  }

  private void ended(String begun, String line) {
    String[] what = begun.split("\\|");
    String[] how = line.split("\\|", 4);
    outcomes.computeIfAbsent(what[3], mutation -> new TreeMap<>()).merge(how[2], 1, Integer::sum);
    if (how[2].matches("SILENT.*|NOT VERIFIED")) {
      failures.add(begun + " " + line);
    }
  }
}
