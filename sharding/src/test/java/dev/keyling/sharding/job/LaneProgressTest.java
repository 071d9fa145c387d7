package dev.keyling.sharding.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.sharding.lane.LaneEvent.End;
import dev.keyling.sharding.lane.LaneEvent.Idle;
import dev.keyling.sharding.lane.LaneEvent.Watermark;
import org.junit.jupiter.api.Test;

class LaneProgressTest {
  private final LaneProgress lanes = new LaneProgress(2);

  @Test
  void theWatermarkIsTheLeast() {
    lanes.advance(0, new Watermark(5));
    assertThat(lanes.watermark()).isEqualTo(Long.MIN_VALUE);
    lanes.advance(1, new Watermark(3));
    assertThat(lanes.watermark()).isEqualTo(3);
    lanes.advance(1, new Watermark(2));
    assertThat(lanes.watermark()).isEqualTo(3);
  }

  @Test
  void anIdleLaneHoldsNothingBack() {
    lanes.advance(0, new Watermark(5));
    lanes.advance(1, new Idle(true));
    assertThat(lanes.allIdle()).isFalse();
    assertThat(lanes.watermark()).isEqualTo(5);
    lanes.advance(1, new Idle(false));
    assertThat(lanes.watermark()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void whenAllAreIdleTheGreatestCounts() {
    lanes.advance(0, new Watermark(5));
    lanes.advance(0, new Idle(true));
    lanes.advance(1, new Watermark(3));
    lanes.advance(1, new Idle(true));
    assertThat(lanes.allIdle()).isTrue();
    assertThat(lanes.watermark()).isEqualTo(5);
  }

  @Test
  void aLaneThatHasEndedHoldsNothingBackAndEndsNoTimeForOthers() {
    lanes.advance(0, new Watermark(5));
    lanes.advance(1, new Watermark(3));
    lanes.advance(0, new End());
    assertThat(lanes.watermark()).isEqualTo(3);
    lanes.advance(1, new Idle(true));
    assertThat(lanes.allIdle()).isTrue();
    assertThat(lanes.watermark()).isEqualTo(3);
    assertThat(lanes.takeEnd()).isFalse();
  }

  @Test
  void timeEndsOnceWhenAllLanesHaveEndedIdleOrNot() {
    lanes.advance(0, new Idle(true));
    lanes.advance(0, new End());
    lanes.advance(1, new End());
    assertThat(lanes.allIdle()).isFalse();
    assertThat(lanes.watermark()).isEqualTo(Long.MAX_VALUE);
    assertThat(lanes.takeEnd()).isTrue();
    assertThat(lanes.takeEnd()).isFalse();
  }
}
