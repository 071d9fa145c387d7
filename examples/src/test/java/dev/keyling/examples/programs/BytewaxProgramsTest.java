package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Next;
import dev.keyling.state.Types;
import dev.keyling.testing.DataflowTestHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The programs by which Bytewax explains its stateful operators, in Java. */
class BytewaxProgramsTest {
  private final Dataflow flow = Dataflow.named("bytewax");

  private record Event(String user, String type, long timestamp) {}

  private record Tracked(long start, List<Event> events) {}

  private record Summary(long duration, int eventCount) {}

  private List<?> outputOf(DataStream<?> stream) {
    stream.to("out", Sinks.print());
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    return test.output("out");
  }

  @Test
  void aRunningCountPerKey() {
    assertThat(
            outputOf(
                flow.fromCollection("words", List.of("a", "b", "a"))
                    .keyBy(word -> word)
                    .statefulMap(
                        "count",
                        Types.LONG,
                        (state, word) -> {
                          long count = state.orElse(0L) + 1;
                          return Next.retain(count, count);
                        })))
        .isEqualTo(List.of(1L, 1L, 2L));
  }

  @Test
  void aSessionIsTrackedUntilItsEndAndThenForgotten() {
    List<Event> events =
        List.of(
            new Event("ann", "click", 10),
            new Event("ben", "click", 11),
            new Event("ann", "session_end", 30),
            new Event("ann", "click", 40),
            new Event("ann", "session_end", 45));
    assertThat(
            outputOf(
                flow.fromCollection("events", events)
                    .keyBy(Event::user)
                    .statefulFlatMap(
                        "sessions", Types.of(Tracked.class), BytewaxProgramsTest::track)))
        .isEqualTo(List.of(new Summary(20, 2), new Summary(5, 2)));
  }

  private static Next<Tracked, List<Summary>> track(Optional<Tracked> state, Event event) {
    Tracked before = state.orElse(new Tracked(event.timestamp(), List.of()));
    List<Event> events = new ArrayList<>(before.events());
    events.add(event);
    if (event.type().equals("session_end")) {
      return Next.discard(List.of(new Summary(event.timestamp() - before.start(), events.size())));
    }
    return Next.retain(new Tracked(before.start(), events), List.of());
  }

  @Test
  void totalsPerKeyWhenTheInputEnds() {
    assertThat(
            outputOf(
                flow.fromCollection("numbers", List.of(1L, 2L, 3L, 4L, 5L))
                    .keyBy(number -> number % 2 == 0 ? "even" : "odd")
                    .reduceFinal("sum", Types.LONG, Long::sum)))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactlyInAnyOrder(6L, 9L);
  }

  @Test
  void wordsAreCountedByTheirLowerCase() {
    assertThat(
            outputOf(
                flow.fromCollection("words", List.of("Hello", "world", "hello", "HELLO"))
                    .countFinal("word_count", word -> word.toLowerCase(Locale.ROOT))
                    .entries()
                    .map(Object::toString)))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactlyInAnyOrder("hello=3", "world=1");
  }
}
