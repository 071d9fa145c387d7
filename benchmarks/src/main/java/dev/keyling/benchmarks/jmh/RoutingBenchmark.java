package dev.keyling.benchmarks.jmh;

import dev.keyling.actors.Elements;
import dev.keyling.benchmarks.workload.Event;
import dev.keyling.benchmarks.workload.KeySequence;
import dev.keyling.benchmarks.workload.KeySequence.Distribution;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.Outputs;
import dev.keyling.sharding.lane.Parting;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A run of elements, parted among key groups; per element. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoutingBenchmark {
  private static final int ELEMENTS = 1024;
  private static final int GROUPS = 128;

  private final KeyCodec<Object> keys = keys(Types.STRING);
  private final List<Elements> round = List.of(elements());

  @SuppressWarnings("unchecked") // as a lane sees them
  private static KeyCodec<Object> keys(TypeInformation<?> type) {
    return KeyCodec.of((TypeInformation<Object>) type, "bench");
  }

  private static Elements elements() {
    KeySequence sequence = new KeySequence(100_000, Distribution.uniform, false);
    Elements elements = new Elements(ELEMENTS, true);
    for (int number = 0; number < ELEMENTS; number++) {
      Event event = sequence.at(number);
      elements.add(event.key(), event, Outputs.NO_TIMESTAMP);
    }
    return elements;
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public Object byGroup() {
    return Parting.byGroup(round, keys, GROUPS);
  }
}
