package dev.keyling.persistence.leveldb.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentPeakTest {

  private final RecentPeak peak = new RecentPeak(10);

  @Test
  void remembersForAtLeastOneSpan() {
    peak.note(500, 100);
    peak.note(300, 110);
    peak.note(200, 120);
    assertThat(peak.fall(150)).isEqualTo(350);
    assertThat(peak.fall(600)).isZero();
  }

  @Test
  void forgetsAfterTwoSpans() {
    peak.note(500, 100);
    peak.note(300, 111);
    peak.note(200, 122);
    assertThat(peak.fall(150)).isEqualTo(150);
    peak.note(200, 133);
    peak.note(200, 144);
    assertThat(peak.fall(150)).isEqualTo(50);
  }
}
