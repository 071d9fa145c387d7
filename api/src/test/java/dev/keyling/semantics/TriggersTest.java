package dev.keyling.semantics;

import static dev.keyling.semantics.Windowed.ms;
import static dev.keyling.semantics.Windowed.tumbling;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimestampedValue;
import dev.keyling.window.Evictor;
import dev.keyling.window.Trigger;
import dev.keyling.window.Windows;
import java.util.List;

/** SEMANTICS F10: triggers, evictors, windows by the clock, the global window. */
@SemanticsSuite
@Proves("F10")
class TriggersTest {

  @LiveAndRestarting
  void windowsByTheClockFireWhenItPassesTheirEnd(boolean restarting) {
    var run = Windowed.run(restarting, words -> words.window(tumbling(10).inProcessingTime()));
    run.setProcessingTime(105);
    run.processElement("a1", 3);
    run.processElement("a2");
    run.setProcessingTime(109);
    run.processElement("a3");
    assertThat(run.takeOutput()).isEmpty();
    run.setProcessingTime(110);
    assertThat(run.takeTimestampedOutput())
        .containsExactly(new TimestampedValue<>("[100,110) a1 a2 a3", 109L));
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  @Proves("decision 10")
  void windowsByTheClockEndWithTheInput(boolean restarting) {
    var run =
        Windowed.run(
            restarting, words -> words.window(Windows.sliding(ms(10), ms(5)).inProcessingTime()));
    run.setProcessingTime(107);
    run.processElement("a1");
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("[100,110) a1", "[105,115) a1");
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void aCountFiresForEverySoManythElementAndNotAtTheEnd(boolean restarting) {
    var run =
        Windowed.run(restarting, words -> words.window(tumbling(10)).trigger(Trigger.count(2)));
    List.of("a1", "a2", "a3", "a4", "a5").forEach(word -> run.processElement(word, 5));
    assertThat(run.takeOutput()).containsExactly("[0,10) a1 a2", "[0,10) a1 a2 a3 a4");
    run.endInput();
    assertThat(run.takeOutput()).isEmpty();
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void aPurgingTriggerDropsWhatItFiresWith(boolean restarting) {
    var run =
        Windowed.run(
            restarting, words -> words.window(tumbling(10)).trigger(Trigger.count(2).purging()));
    List.of("a1", "a2", "a3", "a4").forEach(word -> run.processElement(word, 5));
    assertThat(run.takeOutput()).containsExactly("[0,10) a1 a2", "[0,10) a3 a4");
  }

  @LiveAndRestarting
  void aWindowThatWasPurgedFiresWithWhatCameSince(boolean restarting) {
    var run =
        Windowed.run(
            restarting,
            words ->
                words
                    .window(tumbling(10))
                    .trigger(Trigger.eventTime().purging())
                    .allowedLateness(ms(10)));
    run.processElement("a1", 5);
    run.processWatermark(9);
    run.processElement("a2", 6);
    assertThat(run.takeOutput()).containsExactly("[0,10) a1", "[0,10) a2");
  }

  @LiveAndRestarting
  void aContinuousTriggerFiresAtTheMultiplesOfItsIntervalAndAtTheEnd(boolean restarting) {
    var run =
        Windowed.run(
            restarting,
            words ->
                words
                    .window(tumbling(100))
                    .trigger(Trigger.continuous(TimeDomain.EVENT_TIME, ms(30))));
    run.processElement("a1", 35);
    run.processWatermark(59);
    assertThat(run.takeOutput()).isEmpty();
    run.processWatermark(60);
    assertThat(run.takeOutput()).containsExactly("[0,100) a1");
    run.processElement("a2", 70);
    run.processWatermark(90);
    run.processWatermark(99);
    assertThat(run.takeOutput()).containsExactly("[0,100) a1 a2", "[0,100) a1 a2");
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void aContinuousTriggerByTheClockFiresWhileTheWindowIsOpen(boolean restarting) {
    var run =
        Windowed.run(
            restarting,
            words ->
                words
                    .window(tumbling(1000))
                    .trigger(Trigger.continuous(TimeDomain.PROCESSING_TIME, ms(10))));
    run.setProcessingTime(1_000_005);
    run.processElement("a1", 35);
    run.setProcessingTime(1_000_011);
    run.setProcessingTime(1_000_020);
    assertThat(run.takeOutput()).containsExactly("[0,1000) a1");
    run.setProcessingTime(1_000_021);
    assertThat(run.takeOutput()).containsExactly("[0,1000) a1");
    run.processWatermark(999);
    run.setProcessingTime(1_000_040);
    assertThat(run.takeOutput()).isEmpty();
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void theGlobalWindowFiresByItsTriggerOnlyAndIsNeverCleared(boolean restarting) {
    var run = Windowed.run(restarting, words -> words.window(Windows.global()));
    run.processElement("a1", 1);
    run.processElement("a2");
    run.endInput();
    assertThat(run.takeOutput()).isEmpty();
    assertThat(run.numKeyedStateEntries()).isEqualTo(1);
  }

  @LiveAndRestarting
  void theGlobalWindowWithACountIsACountWindow(boolean restarting) {
    var run =
        Windowed.run(
            restarting,
            words -> words.window(Windows.global()).trigger(Trigger.count(2).purging()));
    run.processElement("a1", 7);
    run.processElement("a2", 5);
    run.processElement("a3", 6);
    run.processWatermark(1000);
    assertThat(run.takeTimestampedOutput())
        .containsExactly(new TimestampedValue<>("all a1 a2", 5L));
  }

  @LiveAndRestarting
  void theGlobalWindowInEventTimeFiresAtTheEndOfInput(boolean restarting) {
    var run =
        Windowed.run(
            restarting, words -> words.window(Windows.global()).trigger(Trigger.eventTime()));
    run.processElement("a1", 7);
    run.processElement("b1", 8);
    run.processWatermark(Long.MAX_VALUE / 2);
    assertThat(run.takeOutput()).isEmpty();
    run.endInput();
    assertThat(run.takeOutput()).containsExactlyInAnyOrder("all a1", "all b1");
  }

  @LiveAndRestarting
  void anEndlessContinuousTriggerEndsWithTheInput(boolean restarting) {
    var run =
        Windowed.run(
            restarting,
            words ->
                words
                    .window(Windows.global())
                    .trigger(Trigger.continuous(TimeDomain.EVENT_TIME, ms(10))));
    run.processElement("a1", 7);
    run.processWatermark(10);
    assertThat(run.takeOutput()).containsExactly("all a1");
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("all a1", "all a1");
  }

  @LiveAndRestarting
  void anEvictorByCountKeepsTheNewestForGood(boolean restarting) {
    var run =
        Windowed.run(
            restarting,
            words ->
                words.window(Windows.global()).trigger(Trigger.count(2)).evictor(Evictor.count(3)));
    List.of("a1", "a2", "a3", "a4", "a5", "a6").forEach(run::processElement);
    assertThat(run.takeOutput()).containsExactly("all a1 a2", "all a2 a3 a4", "all a4 a5 a6");
  }

  @LiveAndRestarting
  void anEvictorByTimeKeepsWhatIsYoungerThanTheYoungestLessItsTime(boolean restarting) {
    var run =
        Windowed.run(
            restarting, words -> words.window(tumbling(100)).evictor(Evictor.time(ms(10))));
    run.processElement("a1", 20);
    run.processElement("a2", 40);
    run.processElement("a3", 30);
    run.processElement("a4", 31);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("[0,100) a2 a4");
    assertThat(run.storesNothing()).isTrue();
  }
}
