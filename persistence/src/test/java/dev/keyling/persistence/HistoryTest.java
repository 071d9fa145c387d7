package dev.keyling.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private final History history =
      History.of(List.of(new Segment(3, 30, 40), new Segment(1, 0, 20), new Segment(2, 25, 25)));

  @Test
  void countsWhatLiesInASegmentWithoutItsStart() {
    assertThat(history.contains(0)).isFalse();
    assertThat(history.contains(1)).isTrue();
    assertThat(history.contains(20)).isTrue();
    assertThat(history.contains(21)).isFalse();
    assertThat(history.contains(30)).isFalse();
    assertThat(history.contains(40)).isTrue();
    assertThat(history.contains(41)).isFalse();
  }

  @Test
  void countsOnlyWhatTheAttemptOfTheSegmentWrote() {
    assertThat(history.contains(1, 10)).isTrue();
    assertThat(history.contains(3, 10)).isFalse();
    assertThat(History.everything().contains(77, 10)).isTrue();
  }

  @Test
  void sortsSegmentsAndLeavesOutEmptyOnes() {
    assertThat(history.segments()).containsExactly(new Segment(1, 0, 20), new Segment(3, 30, 40));
    assertThat(history.newest()).isEqualTo(40);
  }

  @Test
  void refusesSegmentsThatOverlap() {
    assertThatThrownBy(() -> History.of(List.of(new Segment(1, 0, 20), new Segment(2, 19, 30))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsWhetherAnotherHistoryKeepsWhatCounted() {
    History before = History.of(List.of(new Segment(1, 0, 20)));
    assertThat(before.isKeptBy(history, 20)).isTrue();
    assertThat(history.isKeptBy(before, 30)).isTrue();
    assertThat(history.isKeptBy(before, 31)).isFalse();
    assertThat(History.everything().isKeptBy(History.everything(), Long.MAX_VALUE)).isTrue();
    assertThat(History.everything().isKeptBy(history, 10)).isFalse();
    assertThat(History.of(List.of()).isKeptBy(before, 10)).isTrue();
  }
}
