package dev.keyling.benchmarks.jmh;

import dev.keyling.benchmarks.functions.Functions;
import dev.keyling.benchmarks.workload.Event;
import dev.keyling.benchmarks.workload.Workload;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.Outputs;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.state.Types;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One element of a workload on one key, and what it has changed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
  @Param({"W1", "W2", "W3", "W4"})
  private Workload workload = Workload.W1;

  private final Event[] events = new Event[1 << 10];
  private KeyCell<String, Event, Long> cell = cell(workload);
  private int next;

  private static KeyCell<String, Event, Long> cell(Workload workload) {
    KeyCodec<String> keys = KeyCodec.of(Types.STRING, "bench");
    return new KeyCell<>(
        new StepDefinition<>("bench", "step", keys, 128, Functions.of(workload), List.of(), false),
        "user-1",
        0,
        1,
        InstantSource.system(),
        Image.EMPTY);
  }

  /** A key that has been there. */
  @Setup
  public void wake() {
    cell = cell(workload);
    for (int number = 0; number < events.length; number++) {
      events[number] = new Event("user-1", Event.amountOf(number), number);
    }
  }

  /** A turn as a key group gives it. */
  @Benchmark
  public Object element() {
    Outputs outputs = new Outputs();
    Event event = events[next++ & (events.length - 1)];
    cell.at(next, Outputs.NO_TIMESTAMP);
    cell.element(event, Outputs.NO_TIMESTAMP, Long.MIN_VALUE, outputs);
    cell.takeDeltas();
    return outputs;
  }
}
