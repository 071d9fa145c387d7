package dev.keyling.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keyling.Dataflow;
import dev.keyling.KeyedStream;
import dev.keyling.function.AggregateFunction;
import dev.keyling.state.Types;
import dev.keyling.testing.TestingSource;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What of windows is refused when the dataflow is written. */
class WindowRefusalsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration NONE = Duration.ZERO;

  private final KeyedStream<String, String> words =
      Dataflow.named("shop").from("words", TestingSource.of("a")).keyBy(word -> word);

  /** Cannot merge. */
  private static final class Simple implements StandardTrigger {
    @Override
    public TriggerResult onElement(Object element, long timestamp, Window w, TriggerContext ctx) {
      return TriggerResult.FIRE;
    }

    @Override
    public void clear(Window window, TriggerContext ctx) {}

    @Override
    public String toString() {
      return "simple";
    }
  }

  private static void refused(ThrowingCallable program, String... parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(program)
        .satisfies(
            refusal -> {
              for (String part : parts) {
                assertThat(refusal).hasMessageContaining(part);
              }
            });
  }

  static Stream<Arguments> lengths() {
    return Stream.of(
        wrong(() -> Windows.tumbling(NONE), "the size of a window must be 1 ms or more, not PT0S"),
        wrong(() -> Windows.tumbling(SECOND.negated()), "1 ms or more, not PT-1S"),
        wrong(() -> Windows.tumbling(Duration.ofNanos(1_500_000)), "must be whole milliseconds"),
        wrong(() -> Windows.tumbling(Duration.ofSeconds(Long.MAX_VALUE)), "is too long"),
        wrong(() -> Windows.sliding(SECOND, NONE), "the slide of windows must be 1 ms or more"),
        wrong(() -> Windows.session(NONE), "the gap must be 1 ms or more"),
        wrong(() -> Windows.session(SECOND).withOffset(SECOND), "sessions begin with their"),
        wrong(() -> Windows.tumbling(SECOND).withOffset(SECOND), "nearer to 0 than 1000 ms"),
        wrong(() -> Windows.tumbling(SECOND).withOffset(SECOND.negated()), "nearer to 0"),
        wrong(() -> Trigger.count(0), "a trigger counts to 1 or more, not to 0"),
        wrong(() -> Evictor.count(0), "an evictor keeps 1 element or more, not 0"),
        wrong(() -> Evictor.time(NONE), "the time of an evictor must be 1 ms or more"),
        wrong(() -> new TimeWindow(3, 3), "a window ends after it starts"));
  }

  private static Arguments wrong(Supplier<?> made, String message) {
    return Arguments.of(made, message);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("lengths")
  void lengthsHaveTheirBounds(Supplier<?> made, String message) {
    refused(made::get, message);
  }

  @Test
  void aTriggerThatCannotMergeIsRefusedForSessions() {
    for (Trigger<Object, Window> trigger : List.of(new Simple(), new Simple().purging())) {
      refused(
          () ->
              words
                  .window(Windows.session(SECOND))
                  .trigger(trigger)
                  .reduce("all", Types.STRING, String::concat),
          "Dataflow shop step \"all\" has windows that merge and the trigger",
          "it needs a method onMerge");
    }
    assertThatCode(
            () ->
                words
                    .window(Windows.session(SECOND))
                    .trigger(Trigger.count(2).purging())
                    .reduce("merging", Types.STRING, String::concat))
        .doesNotThrowAnyException();
  }

  @Test
  void anEvictorIsRefusedWhereNoElementsAreStored() {
    refused(
        () ->
            words
                .window(Windows.global())
                .evictor(Evictor.count(2))
                .aggregate("count", Types.LONG, AggregateFunction.counting()),
        "Dataflow shop step \"count\" has an evictor",
        "use process");
  }

  @Test
  void latenessIsRefusedWhereNothingIsLate() {
    for (WindowAssigner<Object, ? extends Window> assigner :
        List.<WindowAssigner<Object, ? extends Window>>of(
            Windows.global(), Windows.tumbling(SECOND).inProcessingTime())) {
      refused(
          () ->
              words
                  .window(assigner)
                  .allowedLateness(SECOND)
                  .reduce("all", Types.STRING, String::concat),
          "Dataflow shop step \"all\" allows lateness, but has windows in which no element is");
    }
    refused(
        () -> words.window(Windows.tumbling(SECOND)).allowedLateness(SECOND.negated()),
        "the allowed lateness must be 0 or more, not PT-1S");
  }

  @Test
  void boundsThatLeaveNoTimeAreRefused() {
    refused(
        () -> words.intervalJoin(words).between(SECOND, NONE),
        "the lower bound of an interval join must not be above the upper one, PT1S is above PT0S");
    refused(
        () ->
            words
                .intervalJoin(words)
                .between(NONE, NONE)
                .upperBoundExclusive()
                .<String>process("join", Types.STRING, Types.STRING, (left, right, ctx, out) -> {}),
        "Dataflow shop step \"join\" joins nothing");
  }

  @Test
  void aTypeWithoutACodecIsRefusedWithTheStep() {
    record Unknown(String text) {}
    refused(
        () ->
            words
                .map(Unknown::new)
                .window(Windows.tumbling(SECOND))
                .reduce("last", Types.of(Unknown.class), (a, b) -> b),
        "Dataflow shop step \"last\" cannot store values of type");
  }
}
