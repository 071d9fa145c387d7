package dev.keyling.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.connector.Position;
import dev.keyling.connector.SourceReader;
import dev.keyling.connector.SourceReader.Status;
import dev.keyling.connector.Sources;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Pace pace = new Pace(10, nanos::get);

  private void passMillis(long millis) {
    nanos.addAndGet(millis * 1_000_000);
  }

  private int takeAll() {
    int taken = 0;
    while (pace.take()) {
      taken++;
    }
    return taken;
  }

  @Test
  void allowsOneElementAtATime() {
    assertThat(takeAll()).isEqualTo(1);
    passMillis(99);
    assertThat(takeAll()).isZero();
    passMillis(1);
    assertThat(takeAll()).isEqualTo(1);
  }

  @Test
  void catchesUpWithWhatWasMissed() {
    assertThat(takeAll()).isEqualTo(1);
    passMillis(750);
    assertThat(takeAll()).isEqualTo(7);
  }

  @Test
  void catchesUpByASecondAtMost() {
    assertThat(takeAll()).isEqualTo(1);
    passMillis(3_600_000);
    assertThat(takeAll()).isEqualTo(11);
    passMillis(1000);
    assertThat(takeAll()).isEqualTo(10);
  }

  @Test
  void holdsASourceBackAndKeepsItsPositions() throws Exception {
    Throttled<String> source = new Throttled<>(Sources.collection(List.of("a", "b")), pace);
    Position afterFirst;
    try (SourceReader<String> reader = source.open("0", Optional.empty())) {
      assertThat(reader.advance()).isEqualTo(Status.ELEMENT);
      assertThat(reader.current()).isEqualTo("a");
      assertThat(reader.advance()).isEqualTo(Status.IDLE);
      afterFirst = reader.position();
    }
    passMillis(1000);
    try (SourceReader<String> reader = source.open("0", Optional.of(afterFirst))) {
      assertThat(reader.advance()).isEqualTo(Status.ELEMENT);
      assertThat(reader.current()).isEqualTo("b");
      assertThat(reader.advance()).isEqualTo(Status.END);
    }
  }
}
