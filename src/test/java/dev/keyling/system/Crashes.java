package dev.keyling.system;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Starts a command again and again and kills it at random points of its life. */
final class Crashes {
  /** Little fits into memory, so that rows are written and read while it crashes. */
  private static final List<String> TIGHT =
      List.of("-Dkeyling.actors.flush-interval=30ms", "-Dkeyling.actors.max-live-keys=200");

  private final Run run;
  private final Random random;
  private int count;

  Crashes(Run run, long seed) {
    this.run = run;
    this.random = new Random(seed);
  }

  /**
   * Kills as often as this, each time when the output or the data have grown by a random amount.
   *
   * @param outputBytes by how much the output may grow in one life
   */
  void kill(int times, int outputBytes) throws IOException {
    for (int i = 0; i < times; i++) {
      try (ForkedJvm jvm = start()) {
        boolean alive = livesForAWhile(jvm, outputBytes);
        if (!alive) {
          throw new AssertionError(
              "crash %d: it had ended by itself, with %d: %s"
                  .formatted(count + 1, jvm.exitCode(), jvm.said()));
        }
        jvm.kill();
        count++;
      }
    }
  }

  /** Kills as soon as the first bytes appear, or a moment later; it may be through by then. */
  void killEarly(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      try (ForkedJvm jvm = start()) {
        long output = run.outputBytes();
        long data = run.dataBytes();
        boolean atTheOutput = random.nextInt(3) == 0;
        boolean alive =
            jvm.livesUntil(
                () -> atTheOutput ? run.outputBytes() > output : run.dataBytes() != data);
        if (alive && !jvm.endsWithin(Duration.ofMillis(random.nextInt(150)))) {
          jvm.kill();
          count++;
        } else if (jvm.exitCode() != 0) {
          throw new AssertionError("ended with " + jvm.exitCode() + ": " + jvm.said());
        }
      }
    }
  }

  private ForkedJvm start() throws IOException {
    return run.start(random.nextBoolean() ? TIGHT : List.of());
  }

  private boolean livesForAWhile(ForkedJvm jvm, int outputBytes) {
    long data = run.dataBytes();
    long output = run.outputBytes() + random.nextInt(outputBytes) + 1;
    boolean isYoung = random.nextInt(4) == 0;
    return jvm.livesUntil(() -> isYoung ? run.dataBytes() != data : run.outputBytes() >= output)
        && !jvm.endsWithin(Duration.ofMillis(random.nextInt(isYoung ? 1000 : 40)));
  }

  int count() {
    return count;
  }
}
