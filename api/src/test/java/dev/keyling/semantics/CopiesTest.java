package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.AggregateFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.AggregatingState;
import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** SEMANTICS, decision 8: changing a value that was handed in or out changes nothing stored. */
@SemanticsSuite
@Proves("decision 8")
class CopiesTest {
  private static final TypeInformation<List<Long>> LONGS = Types.listOf(Types.LONG);

  private static List<Long> longs(Long... values) {
    return new ArrayList<>(List.of(values));
  }

  /** Asserts that a question is answered the same now, in another turn and after a restart. */
  private static <S, R> void assertAnswer(
      StateProbe<S> probe, Function<S, R> question, R expected) {
    assertThat(probe.<R>ask("a", question)).isEqualTo(expected);
    assertThat(probe.<R>ask("a", question)).isEqualTo(expected);
    assertThat(probe.restarted().<R>ask("a", question)).isEqualTo(expected);
  }

  @LiveAndRestarting
  void aValueIsStoredAsItWasWhenItWasUpdated(boolean restarting) {
    StateProbe<ValueState<List<Long>>> probe =
        StateProbe.of(ctx -> ctx.getState(new ValueStateDescriptor<>("v", LONGS)), restarting);
    List<Long> given = longs(1L);
    probe.tell(
        "a",
        state -> {
          state.update(given);
          given.add(2L);
          assertThat(state.value()).containsExactly(1L);
        });
    given.add(3L);
    assertAnswer(probe, ValueState::value, List.of(1L));
    probe.tell("a", state -> state.value().add(4L));
    List<Long> taken = probe.ask("a", ValueState::value);
    taken.clear();
    assertAnswer(probe, ValueState::value, List.of(1L));
  }

  @LiveAndRestarting
  void aByteArrayIsCopied(boolean restarting) {
    StateProbe<ValueState<byte[]>> probe =
        StateProbe.of(
            ctx -> ctx.getState(new ValueStateDescriptor<>("v", Types.BYTES)), restarting);
    byte[] given = {1};
    probe.tell("a", state -> state.update(given));
    given[0] = 2;
    probe.tell("a", state -> state.value()[0] = 3);
    assertAnswer(probe, state -> (int) state.value()[0], 1);
  }

  @LiveAndRestarting
  void theElementsOfAListAreCopied(boolean restarting) {
    StateProbe<ListState<List<Long>>> probe =
        StateProbe.of(ctx -> ctx.getListState(new ListStateDescriptor<>("l", LONGS)), restarting);
    List<Long> given = longs(1L);
    probe.tell(
        "a",
        state -> {
          state.add(given);
          given.add(2L);
          state.addAll(List.of(given));
          given.add(3L);
        });
    given.add(4L);
    probe.tell("a", state -> state.get().forEach(List::clear));
    assertAnswer(probe, CopiesTest::content, List.of(List.of(1L), List.of(1L, 2L)));
    List<List<Long>> update = new ArrayList<>(List.of(longs(5L)));
    probe.tell("a", state -> state.update(update));
    update.get(0).add(6L);
    update.add(longs(7L));
    assertAnswer(probe, CopiesTest::content, List.of(List.of(5L)));
  }

  private static <T> List<T> content(ListState<T> state) {
    List<T> content = new ArrayList<>();
    state.get().forEach(content::add);
    return content;
  }

  private static MapState<List<Long>, List<Long>> map(RuntimeContext ctx) {
    return ctx.getMapState(new MapStateDescriptor<>("m", LONGS, LONGS));
  }

  private static String entries(MapState<List<Long>, List<Long>> state) {
    List<String> entries = new ArrayList<>();
    state.forEach(entry -> entries.add(entry.getKey() + "=" + entry.getValue()));
    return String.join(" ", entries);
  }

  @LiveAndRestarting
  void theValuesOfAMapAreCopied(boolean restarting) {
    StateProbe<MapState<List<Long>, List<Long>>> probe = StateProbe.of(CopiesTest::map, restarting);
    List<Long> value = longs(1L);
    probe.tell("a", state -> state.put(longs(0L), value));
    value.add(2L);
    probe.tell("a", state -> state.get(List.of(0L)).add(3L));
    probe.tell("a", state -> state.values().forEach(List::clear));
    probe.tell("a", state -> state.forEach(entry -> entry.getValue().clear()));
    assertAnswer(probe, CopiesTest::entries, "[0]=[1]");
  }

  @LiveAndRestarting
  void theKeysOfAMapAreCopied(boolean restarting) {
    StateProbe<MapState<List<Long>, List<Long>>> probe = StateProbe.of(CopiesTest::map, restarting);
    List<Long> key = longs(0L);
    probe.tell(
        "a",
        state -> {
          state.put(key, longs(1L));
          key.add(9L);
          assertThat(entries(state)).isEqualTo("[0]=[1]");
        });
    key.add(9L);
    assertAnswer(probe, CopiesTest::entries, "[0]=[1]");
    probe.tell("a", state -> state.keys().forEach(List::clear));
    assertAnswer(probe, CopiesTest::entries, "[0]=[1]");
  }

  @LiveAndRestarting
  void anIterationRemovesAndSetsTheEntryItIsAtWhateverBecameOfTheKey(boolean restarting) {
    StateProbe<MapState<List<Long>, List<Long>>> probe = StateProbe.of(CopiesTest::map, restarting);
    probe.tell("a", state -> state.put(longs(0L), longs(1L)));
    probe.tell("a", state -> state.put(longs(1L), longs(1L)));
    probe.tell(
        "a",
        state -> {
          Iterator<Map.Entry<List<Long>, List<Long>>> entries = state.iterator();
          Map.Entry<List<Long>, List<Long>> first = entries.next();
          first.getKey().add(9L);
          first.setValue(longs(2L));
          entries.next().getKey().add(9L);
          entries.remove();
        });
    assertAnswer(probe, CopiesTest::entries, "[0]=[2]");
  }

  @LiveAndRestarting
  void aReducingStateKeepsNothingThatItWasGiven(boolean restarting) {
    StateProbe<ReducingState<List<Long>>> probe =
        StateProbe.of(
            ctx ->
                ctx.getReducingState(
                    new ReducingStateDescriptor<>("r", CopiesTest::appended, LONGS)),
            restarting);
    List<Long> first = longs(1L);
    List<Long> second = longs(2L);
    probe.tell("a", state -> state.add(first));
    first.clear();
    probe.tell("a", state -> state.add(second));
    second.clear();
    probe.tell("a", state -> state.get().clear());
    assertAnswer(probe, ReducingState::get, List.of(1L, 2L));
  }

  private static List<Long> appended(List<Long> a, List<Long> b) {
    a.addAll(b); // not nice, and harmless
    return a;
  }

  @LiveAndRestarting
  void anAggregatingStateKeepsItsAccumulatorToItself(boolean restarting) {
    StateProbe<AggregatingState<Long, List<Long>>> probe =
        StateProbe.of(
            ctx ->
                ctx.getAggregatingState(
                    new AggregatingStateDescriptor<>("a", AggregateFunction.<Long>toList(), LONGS)),
            restarting);
    probe.tell("a", state -> state.add(1L));
    probe.tell("a", state -> state.get().clear());
    probe.tell("a", state -> state.add(2L));
    assertAnswer(probe, AggregatingState::get, List.of(1L, 2L));
  }
}
