package dev.keyling.semantics;

import static dev.keyling.semantics.Windowed.ms;
import static dev.keyling.semantics.Windowed.tumbling;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Join;
import dev.keyling.JoinEmitMode;
import dev.keyling.JoinInsertMode;
import dev.keyling.JoinRow;
import dev.keyling.JoinSide;
import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.function.AggregateFunction;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.Types;
import dev.keyling.window.ClosedWindow;
import dev.keyling.window.TimeWindow;
import dev.keyling.window.Window;
import dev.keyling.window.WindowAssigner;
import dev.keyling.window.WindowedStream;
import dev.keyling.window.Windows;
import java.util.List;
import java.util.function.Function;

/** SEMANTICS Y9: Bytewax's window operators, by what they are here. */
@SemanticsSuite
@Proves("Y9")
class BytewaxWindowsTest {
  private static final OutputTag<String> LATE_FIRST = new OutputTag<>("late of side 1");
  private static final OutputTag<String> LATE_SECOND = new OutputTag<>("late of side 2");
  private static final OutputTag<ClosedWindow<String, TimeWindow>> CLOSED = Join.closed();

  /** Returns the outputs for two words in one window, and a third in the next. */
  private static <O> List<String> outputs(
      boolean restarting,
      Function<WindowedStream<String, String, TimeWindow>, KeyedStep<String, O>> step) {
    StepRun<String, String, O> made =
        StepUnderTest.<String, String, O>ofStep(
                word -> word.substring(0, 1),
                Types.STRING,
                words -> step.apply(words.window(tumbling(10))))
            .restarting(restarting)
            .run();
    made.processElement("a7", 1);
    made.processElement("a3", 2);
    made.processElement("a7", 3);
    made.processElement("a5", 12);
    made.endInput();
    List<String> outputs = made.takeOutput().stream().map(String::valueOf).toList();
    assertThat(made.storesNothing()).isTrue();
    return outputs;
  }

  @LiveAndRestarting
  void collectWindowIsAnAggregateToAListOrMap(boolean restarting) {
    assertThat(
            outputs(
                restarting,
                windows ->
                    windows.aggregate(
                        "list", Types.listOf(Types.STRING), AggregateFunction.toList())))
        .containsExactly("[a7, a3, a7]", "[a5]");
    assertThat(
            outputs(
                restarting,
                windows ->
                    windows.aggregate(
                        "map",
                        Types.mapOf(Types.STRING, Types.INT),
                        AggregateFunction.toMap(word -> word.substring(1), String::length))))
        .containsExactly("{7=2, 3=2}", "{5=2}");
  }

  @LiveAndRestarting
  void countWindowIsAnAggregateThatCounts(boolean restarting) {
    assertThat(
            outputs(
                restarting,
                windows -> windows.aggregate("count", Types.LONG, AggregateFunction.counting())))
        .containsExactly("3", "1");
  }

  @LiveAndRestarting
  void foldWindowIsAnAggregateThatFolds(boolean restarting) {
    assertThat(
            outputs(
                restarting,
                windows ->
                    windows.aggregate(
                        "fold",
                        Types.LONG,
                        AggregateFunction.folding(
                            () -> 100L,
                            (sum, word) -> sum + Long.parseLong(word.substring(1)),
                            Long::sum))))
        .containsExactly("117", "105");
  }

  @LiveAndRestarting
  void reduceMinAndMaxWindowAreReductions(boolean restarting) {
    assertThat(outputs(restarting, windows -> windows.reduce("all", Types.STRING, String::concat)))
        .containsExactly("a7a3a7", "a5");
    assertThat(
            outputs(
                restarting, windows -> windows.minBy("min", Types.STRING, word -> word.charAt(1))))
        .containsExactly("a3", "a5");
    assertThat(
            outputs(
                restarting, windows -> windows.maxBy("max", Types.STRING, word -> word.charAt(1))))
        .containsExactly("a7", "a5");
  }

  private static StepRun<String, String, JoinRow> joining(
      boolean restarting,
      WindowAssigner<Object, ? extends Window> assigner,
      JoinInsertMode insert,
      JoinEmitMode emit) {
    return StepUnderTest.<String, String, JoinRow>ofStep(
            word -> word.substring(0, 1),
            Types.STRING,
            words ->
                Join.window(
                    "join",
                    assigner,
                    insert,
                    emit,
                    side(words, 's'),
                    side(words, 'l'),
                    side(words, 'o')))
        .withSideOutputs(LATE_FIRST, LATE_SECOND, CLOSED)
        .restarting(restarting)
        .run();
  }

  private static JoinSide<String, String> side(KeyedStream<String, String> words, char kind) {
    return words.filter(word -> word.charAt(1) == kind).side(Types.STRING);
  }

  private static List<String> rows(StepRun<String, String, JoinRow> run) {
    return run.takeOutput().stream().map(String::valueOf).toList();
  }

  private static void feed(StepRun<String, String, JoinRow> run) {
    run.processElement("as1", 1);
    run.processElement("as2", 2);
    run.processElement("al1", 3);
    run.processElement("ao1", 4);
    run.processElement("ao2", 15);
  }

  @LiveAndRestarting
  void aFinalJoinGivesARowWhenTheWindowEnds(boolean restarting) {
    var run = joining(restarting, tumbling(10), JoinInsertMode.LAST, JoinEmitMode.FINAL);
    feed(run);
    assertThat(rows(run)).isEmpty();
    run.processWatermark(9);
    assertThat(rows(run)).containsExactly("[as2, al1, ao1]");
    run.endInput();
    assertThat(rows(run)).containsExactly("[null, null, ao2]");
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void whatIsTooLateForAJoinIsOnTheOutputOfItsSideAndWindowsThatAreOverAreTold(boolean restarting) {
    var run = joining(restarting, tumbling(10), JoinInsertMode.LAST, JoinEmitMode.FINAL);
    run.processElement("as1", 1);
    run.processWatermark(9);
    assertThat(run.takeSideOutput(CLOSED))
        .containsExactly(new ClosedWindow<>("a", new TimeWindow(0, 10), List.of()));
    run.processElement("as2", 2);
    run.processElement("al1", 3);
    run.endInput();
    assertThat(rows(run)).containsExactly("[as1, null, null]");
    assertThat(run.takeSideOutput(LATE_FIRST)).containsExactly("as2");
    assertThat(run.takeSideOutput(LATE_SECOND)).containsExactly("al1");
  }

  @LiveAndRestarting
  void aCompleteJoinGivesRowsWhenAllSidesAreThere(boolean restarting) {
    var run = joining(restarting, tumbling(10), JoinInsertMode.PRODUCT, JoinEmitMode.COMPLETE);
    feed(run);
    assertThat(rows(run)).containsExactly("[as1, al1, ao1]", "[as2, al1, ao1]");
    run.endInput();
    assertThat(rows(run)).isEmpty();
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void aRunningJoinGivesRowsForEveryElement(boolean restarting) {
    var run = joining(restarting, tumbling(10), JoinInsertMode.FIRST, JoinEmitMode.RUNNING);
    feed(run);
    assertThat(rows(run))
        .containsExactly(
            "[as1, null, null]",
            "[as1, null, null]",
            "[as1, al1, null]",
            "[as1, al1, ao1]",
            "[null, null, ao2]");
  }

  @LiveAndRestarting
  void sessionsThatBecomeOneKeepOneValueOfASide(boolean restarting) {
    Windows sessions = Windows.session(ms(10));
    var run = joining(restarting, sessions, JoinInsertMode.LAST, JoinEmitMode.FINAL);
    run.processElement("as1", 0);
    run.processElement("as2", 20);
    run.processElement("al1", 10);
    run.endInput();
    assertThat(rows(run)).containsExactly("[as2, al1, null]");
  }
}
