package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.function.AggregateFunction;
import dev.keyling.semantics.NaiveWindows.Firing;
import dev.keyling.semantics.NaiveWindows.Shape;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.semantics.world.World;
import dev.keyling.state.Types;
import dev.keyling.time.TimestampedValue;
import dev.keyling.window.Evictor;
import dev.keyling.window.ProcessWindowFunction;
import dev.keyling.window.TimeWindow;
import dev.keyling.window.Trigger;
import dev.keyling.window.Window;
import dev.keyling.window.WindowedStream;
import dev.keyling.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SEMANTICS F10: windows of every shape, with elements in disorder, against naive ones. */
@SemanticsSuite
@Proves("F10")
class RandomWindowsTest {
  private static final OutputTag<String> LATE = new OutputTag<>("late");
  private static final int TURNS = 60;

  /** One program, and how it is fed. */
  private record Program(Shape shape, Firing firing, long lateness, boolean accumulating) {

    static Program random(Random random) {
      long size = 1 + random.nextInt(20);
      long slide = 1 + random.nextInt(12);
      Shape shape =
          switch (random.nextInt(3)) {
            case 0 -> new Shape(true, size, 1, 0);
            case 1 -> new Shape(false, size, size, random.nextInt((int) size));
            default -> new Shape(false, size, slide, random.nextInt((int) slide));
          };
      long count = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0;
      int keeps = random.nextInt(4) == 0 && !shape.session() ? 1 + random.nextInt(3) : 0;
      return new Program(
          shape,
          new Firing(count, random.nextInt(3) == 0, keeps),
          random.nextBoolean() ? 0 : random.nextInt(15),
          random.nextBoolean());
    }

    private Windows windows() {
      if (shape.session()) {
        return Windows.session(Duration.ofMillis(shape.size()));
      }
      Duration size = Duration.ofMillis(shape.size());
      Windows windows =
          shape.size() == shape.slide()
              ? Windows.tumbling(size)
              : Windows.sliding(size, Duration.ofMillis(shape.slide()));
      return windows.withOffset(Duration.ofMillis(shape.offset()));
    }

    KeyedStep<String, String> step(KeyedStream<String, String> elements) {
      Trigger<Object, Window> trigger =
          firing.count() == 0 ? Trigger.eventTime() : Trigger.count(firing.count());
      WindowedStream<String, String, TimeWindow> windowed =
          elements
              .window(windows())
              .allowedLateness(Duration.ofMillis(lateness))
              .trigger(firing.purging() ? trigger.purging() : trigger)
              .sideOutputLateData(LATE);
      if (firing.keeps() > 0) {
        windowed = windowed.evictor(Evictor.count(firing.keeps()));
      } else if (accumulating) {
        return windowed.aggregate(
            "windows",
            Types.listOf(Types.STRING),
            AggregateFunction.toList(),
            ctx ->
                (key, call, lists, out) ->
                    lists.forEach(list -> out.collect(NaiveWindows.line(call.window(), list))));
      }
      return windowed.process("windows", Types.STRING, ctx -> all());
    }

    private static ProcessWindowFunction<String, String, String, TimeWindow> all() {
      return (key, ctx, elements, out) -> out.collect(NaiveWindows.line(ctx.window(), elements));
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("keyling.rounds", 50));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void windowsAreWhatTheirDefinitionSays(long seed) {
    Random random = new Random(seed);
    Program program = Program.random(random);
    StepRun<String, String, String> run =
        StepUnderTest.<String, String, String>ofStep(
                element -> element.substring(0, 1), Types.STRING, program::step)
            .withSideOutputs(LATE)
            .withTimestamps()
            .restarting(seed % 3 == 0)
            .run();
    Map<String, NaiveWindows> naive = new TreeMap<>();
    for (String key : List.of("a", "b")) {
      naive.put(key, new NaiveWindows(program.shape(), program.firing(), program.lateness()));
    }
    long time = random.nextInt(100) - 50;
    for (int turn = 0; turn < World.here().affordable(TURNS); turn++) {
      if (random.nextInt(5) == 0) {
        time += random.nextInt(12);
        run.processWatermark(time);
        for (NaiveWindows windows : naive.values()) {
          windows.watermark(time);
        }
      } else {
        String key = random.nextBoolean() ? "a" : "b";
        long timestamp = time - 15 + random.nextInt(40);
        run.processElement(key + turn, timestamp);
        naive.get(key).element(key + turn, timestamp);
      }
      if (random.nextInt(20) == 0) {
        run.restart();
      }
      compare(run, naive, program);
    }
    run.endInput();
    naive.values().forEach(windows -> windows.watermark(Long.MAX_VALUE - 100));
    compare(run, naive, program);
    assertThat(run.storesNothing()).isTrue();
  }

  private static void compare(
      StepRun<String, String, String> run, Map<String, NaiveWindows> naive, Program program) {
    List<String> fired = new ArrayList<>();
    List<String> late = new ArrayList<>();
    for (NaiveWindows windows : naive.values()) {
      fired.addAll(windows.takeFired());
      late.addAll(windows.takeLate());
    }
    List<TimestampedValue<String>> outputs = run.takeTimestampedOutput();
    assertThat(outputs)
        .as("%s", program)
        .extracting(TimestampedValue::value)
        .containsExactlyInAnyOrderElementsOf(fired);
    assertThat(outputs).allSatisfy(RandomWindowsTest::hasTheTimestampOfItsWindow);
    assertThat(run.takeSideOutput(LATE))
        .as("%s", program)
        .containsExactlyInAnyOrderElementsOf(late);
  }

  private static void hasTheTimestampOfItsWindow(TimestampedValue<String> output) {
    long last = Long.parseLong(output.value().replaceAll(".*end=(-?\\d+)].*", "$1")) - 1;
    assertThat(output.timestamp()).isEqualTo(last);
  }
}
