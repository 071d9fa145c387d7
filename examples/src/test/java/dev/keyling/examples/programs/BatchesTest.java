package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.programs.CountWindowAverage.Reading;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final long TIMEOUT = 5000;
  private static final int SIZE = 3;

  /** What batches are, key by key, in the simplest way. */
  private static Map<String, List<List<Reading>>> naive(Map<String, List<TimedReading>> readings) {
    Map<String, List<List<Reading>>> batches = new HashMap<>();
    readings.forEach(
        (key, all) -> {
          List<List<Reading>> ofKey = new ArrayList<>();
          List<Reading> current = new ArrayList<>();
          long last = 0;
          for (TimedReading each : all) {
            if (!current.isEmpty() && (current.size() == SIZE || each.time() - last >= TIMEOUT)) {
              ofKey.add(current);
              current = new ArrayList<>();
            }
            current.add(each.reading());
            last = each.time();
          }
          ofKey.add(current);
          batches.put(key, ofKey);
        });
    return batches;
  }

  private record TimedReading(long time, Reading reading) {}

  @Test
  void givesBatchesBySizeAndTimeAndAllThatIsLeftAtTheEnd() {
    Random random = new Random(7);
    var harness =
        KeyedTestHarness.<String, Reading, List<Reading>>ofStep(
            Reading::key,
            Types.STRING,
            keyed ->
                keyed.collect(
                    "batches", Types.of(Reading.class), Duration.ofMillis(TIMEOUT), SIZE));
    Map<String, List<TimedReading>> readings = new HashMap<>();
    long now = 0;
    for (int i = 0; i < 500; i++) {
      Reading reading = new Reading("k" + random.nextInt(4), i);
      now += random.nextInt(4) * 1000L;
      harness.setProcessingTime(now);
      readings
          .computeIfAbsent(reading.key(), key -> new ArrayList<>())
          .add(new TimedReading(now, reading));
      harness.processElement(reading);
    }
    harness.endInput();
    Map<String, List<List<Reading>>> given = new HashMap<>();
    harness
        .takeOutput()
        .forEach(
            batch ->
                given.computeIfAbsent(batch.get(0).key(), key -> new ArrayList<>()).add(batch));
    assertThat(given).isEqualTo(naive(readings));
  }
}
