package dev.keyling.benchmarks.workload;

import dev.keyling.benchmarks.workload.KeySequence.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a run has shown: one line that begins with RESULT.
 *
 * @param mode what was stored, and when; of which engine
 * @param checkpointMillis from one checkpoint to the next, or "none"
 * @param residentMegabytes the most memory that the process had; 0 where the system does not tell
 * @param right whether everything came out that had to, and nothing else
 */
public record Result(
    Workload workload,
    String mode,
    String checkpointMillis,
    int keys,
    Distribution distribution,
    long events,
    double seconds,
    double warmUpEventsPerSecond,
    long residentMegabytes,
    long storedMegabytes,
    boolean right) {

  /**
   * Returns the most memory that this process had so far, in MB; 0 where the system does not tell.
   */
  public static long peakMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    List<String> lines = Files.readAllLines(status);
    return lines.stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  /** Returns how many events were handled per second. */
  public double eventsPerSecond() {
    return events / seconds;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "RESULT workload=%s mode=%s checkpointMillis=%s keys=%d dist=%s events=%d seconds=%.3f"
            + " eps=%d warmUpEps=%d rssMB=%d storeMB=%d verify=%s",
        workload,
        mode,
        checkpointMillis,
        keys,
        distribution,
        events,
        seconds,
        Math.round(eventsPerSecond()),
        Math.round(warmUpEventsPerSecond),
        residentMegabytes,
        storedMegabytes,
        right ? "OK" : "FAILED");
  }
}
