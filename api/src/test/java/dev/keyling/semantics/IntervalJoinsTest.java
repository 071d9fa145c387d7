package dev.keyling.semantics;

import static dev.keyling.semantics.TwoSides.LATE_LEFT;
import static dev.keyling.semantics.TwoSides.LATE_RIGHT;
import static dev.keyling.semantics.TwoSides.isRight;
import static dev.keyling.semantics.TwoSides.run;
import static dev.keyling.semantics.Windowed.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.OutputTag;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.state.Types;
import dev.keyling.time.TimestampedValue;
import dev.keyling.window.IntervalJoin;
import dev.keyling.window.IntervalJoined;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SEMANTICS F8: joins by time around each element. */
@SemanticsSuite
@Proves("F8")
class IntervalJoinsTest {
  private static final OutputTag<String> TIMES = new OutputTag<>("times");

  private static StepRun<String, String, String> interval(
      boolean restarting,
      Function<IntervalJoin<String, String, String>, IntervalJoined<String, String, String>> by) {
    return run(
        restarting,
        sides ->
            by.apply(sides.left().intervalJoin(sides.right()))
                .sideOutputLeftLateData(LATE_LEFT)
                .sideOutputRightLateData(LATE_RIGHT)
                .process(
                    "join",
                    Types.STRING,
                    Types.STRING,
                    (left, right, ctx, out) -> {
                      out.collect(left + right);
                      ctx.output(TIMES, ctx.getLeftTimestamp() + "+" + ctx.getRightTimestamp());
                    }),
        LATE_LEFT,
        LATE_RIGHT,
        TIMES);
  }

  @LiveAndRestarting
  void anIntervalJoinHasBothItsBounds(boolean restarting) {
    var run = interval(restarting, join -> join.between(ms(-2), ms(3)));
    run.processElement("a1", 10);
    for (long timestamp : new long[] {7, 8, 13, 14}) {
      run.processElement("aR" + timestamp, timestamp);
    }
    run.processElement("bR", 10);
    assertThat(run.takeTimestampedOutput())
        .containsExactly(
            new TimestampedValue<>("a1aR8", 10L), new TimestampedValue<>("a1aR13", 13L));
    assertThat(run.takeSideOutput(TIMES)).containsExactly("10+8", "10+13");
    run.endInput();
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void anExclusiveBoundIsLeftOut(boolean restarting) {
    var run =
        interval(
            restarting,
            join -> join.between(ms(-2), ms(3)).lowerBoundExclusive().upperBoundExclusive());
    for (long timestamp : new long[] {8, 9, 12, 13}) {
      run.processElement("aR" + timestamp, timestamp);
    }
    run.processElement("a1", 10);
    assertThat(run.takeOutput()).containsExactly("a1aR9", "a1aR12");
  }

  @LiveAndRestarting
  void elementsGoWhenNothingCanComeForThem(boolean restarting) {
    var run = interval(restarting, join -> join.between(ms(1), ms(5)));
    run.processElement("a1", 10);
    run.processElement("aR", 10);
    run.processWatermark(10);
    assertThat(run.numKeyedStateEntries()).isEqualTo(2);
    run.processWatermark(11);
    assertThat(run.numKeyedStateEntries()).isEqualTo(1);
    run.processElement("aR", 15);
    assertThat(run.takeOutput()).containsExactly("a1aR");
    run.processWatermark(16);
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void whatIsBehindTheWatermarkJoinsWithNothing(boolean restarting) {
    var run = interval(restarting, join -> join.between(ms(-9), ms(9)));
    run.processElement("a1", 10);
    run.processWatermark(12);
    run.processElement("aR", 11);
    run.processElement("a2", 11);
    run.processElement("aS", 12);
    assertThat(run.takeOutput()).containsExactly("a1aS");
    assertThat(run.takeSideOutput(LATE_LEFT)).containsExactly("a2");
    assertThat(run.takeSideOutput(LATE_RIGHT)).containsExactly("aR");
  }

  @Test
  void anElementWithoutATimestampFailsWithAWayOut() {
    var run = interval(false, join -> join.between(ms(0), ms(9)));
    assertThatThrownBy(() -> run.processElement("a1"))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("step \"join\" key \"a\": the element a1 has no timestamp")
        .hasMessageContaining("put assignTimestampsAndWatermarks before keyBy");
  }

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  /** Every pair that its definition wants, of the elements that were not late. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anIntervalJoinGivesEveryPairOnce(long seed) {
    Random random = new Random(seed);
    long lower = random.nextInt(20) - 10;
    long upper = lower + random.nextInt(10);
    var run = interval(seed % 4 == 0, join -> join.between(ms(lower), ms(upper)));
    record Element(String word, long timestamp) {}
    List<Element> elements = new ArrayList<>();
    long watermark = Long.MIN_VALUE;
    long time = 0;
    for (int turn = 0; turn < 40; turn++) {
      time += random.nextInt(3);
      if (random.nextInt(4) == 0) {
        watermark = Math.max(watermark, time - 8);
        run.processWatermark(watermark);
      }
      String word = (random.nextBoolean() ? "a" : "b") + (random.nextBoolean() ? "l" : "R") + turn;
      long timestamp = time - random.nextInt(12);
      run.processElement(word, timestamp);
      if (timestamp >= watermark) {
        elements.add(new Element(word, timestamp));
      }
    }
    List<String> pairs = new ArrayList<>();
    for (Element left : elements) {
      for (Element right : elements) {
        long apart = right.timestamp() - left.timestamp();
        if (!isRight(left.word())
            && isRight(right.word())
            && left.word().charAt(0) == right.word().charAt(0)
            && apart >= lower
            && apart <= upper) {
          pairs.add(left.word() + right.word());
        }
      }
    }
    assertThat(run.takeOutput()).containsExactlyInAnyOrderElementsOf(pairs);
    run.endInput();
    assertThat(run.storesNothing()).isTrue();
  }
}
