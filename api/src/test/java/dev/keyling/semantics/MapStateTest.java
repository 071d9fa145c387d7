package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** SEMANTICS K6. */
@SemanticsSuite
@Proves("K6")
class MapStateTest {
  private static StateProbe<MapState<String, Long>> counts(boolean restarting) {
    return StateProbe.of(
        ctx -> ctx.getMapState(new MapStateDescriptor<>("counts", Types.STRING, Types.LONG)),
        restarting);
  }

  private static List<String> keysOf(StateProbe<MapState<String, Long>> probe, String key) {
    return probe.ask(key, MapStateTest::keys);
  }

  private static List<String> keys(MapState<String, Long> state) {
    List<String> keys = new ArrayList<>();
    state.keys().forEach(keys::add);
    return keys;
  }

  @LiveAndRestarting
  void isEmptyBeforeTheFirstPut(boolean restarting) {
    var probe = counts(restarting);
    probe.tell(
        "a",
        state -> {
          assertThat(state.isEmpty()).isTrue();
          assertThat(state.contains("x")).isFalse();
          assertThat(state.get("x")).isNull();
          assertThat(state.keys()).isEmpty();
          assertThat(state.values()).isEmpty();
          assertThat(state.entries()).isEmpty();
          assertThat(state.iterator().hasNext()).isFalse();
        });
  }

  @LiveAndRestarting
  void keepsWhatWasPut(boolean restarting) {
    var probe = counts(restarting);
    probe.tell("a", state -> state.put("x", 1L));
    probe.tell("a", state -> state.putAll(Map.of("y", 2L, "z", 3L)));
    probe.tell("a", state -> state.put("y", 20L));
    probe.tell(
        "a",
        state -> {
          assertThat(state.isEmpty()).isFalse();
          assertThat(state.get("x")).isEqualTo(1L);
          assertThat(state.get("y")).isEqualTo(20L);
          assertThat(state.contains("z")).isTrue();
          assertThat(state.values()).containsExactly(1L, 20L, 3L);
        });
    assertThat(keysOf(probe, "b")).isEmpty();
    assertThat(probe.step().numKeyedStateEntries()).isEqualTo(3);
  }

  @LiveAndRestarting
  void takesNullAsAValue(boolean restarting) {
    var probe = counts(restarting);
    probe.tell("a", state -> state.put("x", null));
    probe.tell(
        "a",
        state -> {
          assertThat(state.contains("x")).isTrue();
          assertThat(state.get("x")).isNull();
          assertThat(state.isEmpty()).isFalse();
          assertThat(state.values()).containsExactly((Long) null);
          assertThat(state.iterator().next().getValue()).isNull();
        });
  }

  @LiveAndRestarting
  void refusesNullAsAKey(boolean restarting) {
    var probe = counts(restarting);
    probe
        .assertThatThrowsIn("a", (state, ctx, out) -> state.put(null, 1L))
        .isInstanceOf(NullPointerException.class);
  }

  @LiveAndRestarting
  void isGoneWithItsLastEntry(boolean restarting) {
    var probe = counts(restarting);
    probe.tell("a", state -> state.putAll(Map.of("x", 1L, "y", 2L)));
    probe.tell("a", state -> state.remove("x"));
    assertThat(keysOf(probe, "a")).containsExactly("y");
    probe.tell("a", state -> state.remove("y"));
    assertThat(probe.<Boolean>ask("a", MapState::isEmpty)).isTrue();
    assertThat(probe.step().numKeyedStateEntries()).isZero();
    assertThat(probe.step().view("a").states()).isEmpty();
  }

  @LiveAndRestarting
  void removingTheUnknownChangesNothing(boolean restarting) {
    var probe = counts(restarting);
    probe.tell("a", state -> state.put("x", 1L));
    probe.tell("a", state -> state.remove("y"));
    assertThat(keysOf(probe, "a")).containsExactly("x");
  }

  @LiveAndRestarting
  void isClearedForItsKeyOnly(boolean restarting) {
    var probe = counts(restarting);
    probe.tell("a", state -> state.putAll(Map.of("x", 1L, "y", 2L)));
    probe.tell("b", state -> state.put("x", 3L));
    probe.tell("a", MapState::clear);
    assertThat(keysOf(probe, "a")).isEmpty();
    assertThat(keysOf(probe, "b")).containsExactly("x");
  }

  @LiveAndRestarting
  void canBeFilledAgainInTheTurnThatClearedIt(boolean restarting) {
    var probe = counts(restarting);
    probe.tell("a", state -> state.putAll(Map.of("x", 1L, "y", 2L)));
    probe.tell(
        "a",
        state -> {
          state.clear();
          state.put("x", 10L);
        });
    assertThat(keysOf(probe, "a")).containsExactly("x");
    assertThat(probe.<Long>ask("a", state -> state.get("x"))).isEqualTo(10L);
  }

  @LiveAndRestarting
  void iteratorsRemove(boolean restarting) {
    var probe = counts(restarting);
    probe.tell("a", state -> state.putAll(Map.of("x", 1L, "y", 2L, "z", 3L)));
    probe.tell(
        "a",
        state -> {
          for (Iterator<Map.Entry<String, Long>> it = state.iterator(); it.hasNext(); ) {
            if (it.next().getValue() == 2L) {
              it.remove();
            }
          }
        });
    assertThat(keysOf(probe, "a")).containsExactly("x", "z");
    probe.tell("a", state -> removeFirst(state.keys().iterator()));
    assertThat(keysOf(probe, "a")).containsExactly("z");
    probe.tell("a", state -> removeFirst(state.values().iterator()));
    assertThat(keysOf(probe, "a")).isEmpty();
  }

  private static void removeFirst(Iterator<?> iterator) {
    iterator.next();
    iterator.remove();
  }

  @LiveAndRestarting
  void iteratorsRemoveNothingTwiceAndNothingBeforeTheFirst(boolean restarting) {
    var probe = counts(restarting);
    probe.tell("a", state -> state.put("x", 1L));
    probe
        .assertThatThrowsIn("a", (state, ctx, out) -> state.iterator().remove())
        .isInstanceOf(IllegalStateException.class);
    probe
        .assertThatThrowsIn(
            "a",
            (state, ctx, out) -> {
              Iterator<String> keys = state.keys().iterator();
              removeFirst(keys);
              keys.next();
            })
        .isInstanceOf(NoSuchElementException.class);
    assertThat(keysOf(probe, "a")).containsExactly("x");
  }

  @LiveAndRestarting
  void entriesStoreAValueThatIsSet(boolean restarting) {
    var probe = counts(restarting);
    probe.tell("a", state -> state.putAll(Map.of("x", 1L, "y", 2L)));
    probe.tell("a", state -> state.entries().forEach(e -> e.setValue(e.getValue() * 10)));
    assertThat(probe.<Long>ask("a", state -> state.get("x"))).isEqualTo(10L);
    assertThat(probe.<Long>ask("a", state -> state.get("y"))).isEqualTo(20L);
  }

  @LiveAndRestarting
  void canBeChangedWhileItIsIterated(boolean restarting) {
    var probe = counts(restarting);
    probe.tell("a", state -> state.putAll(Map.of("x", 1L, "y", 2L)));
    probe.tell(
        "a",
        state -> {
          for (String key : state.keys()) {
            state.put(key + key, 0L);
            state.remove(key);
          }
        });
    assertThat(keysOf(probe, "a")).containsExactly("xx", "yy");
  }

  @LiveAndRestarting
  void isIteratedInTheSameOrderLiveAndRestored(boolean restarting) {
    var probe = counts(restarting);
    List<String> put = List.of("zz", "ä", "", "a", "B", "aa", "0", "\uD83D\uDE00", "\uFFFD");
    for (String key : put) {
      probe.tell("a", state -> state.put(key, (long) key.length()));
    }
    List<String> inOrder = keysOf(probe, "a");
    assertThat(inOrder).containsExactlyInAnyOrderElementsOf(put);
    assertThat(keysOf(probe.restarted(), "a")).isEqualTo(inOrder);
    probe.tell("a", state -> state.remove("aa"));
    probe.tell("a", state -> state.put("aa", 5L));
    assertThat(keysOf(probe, "a")).isEqualTo(inOrder);
    List<Long> values = new ArrayList<>();
    probe.tell("a", state -> state.values().forEach(values::add));
    List<Long> valuesAfter = new ArrayList<>();
    probe.restarted().tell("a", state -> state.values().forEach(valuesAfter::add));
    assertThat(valuesAfter).isEqualTo(values);
  }

  @LiveAndRestarting
  void findsItsEntriesByTheValueOfAMutableKey(boolean restarting) {
    StateProbe<MapState<byte[], Long>> probe =
        StateProbe.of(
            ctx -> ctx.getMapState(new MapStateDescriptor<>("m", Types.BYTES, Types.LONG)),
            restarting);
    probe.tell("a", state -> state.put(new byte[] {1}, 1L));
    probe.tell("a", state -> state.put(new byte[] {1}, 2L));
    assertThat(probe.<Long>ask("a", state -> state.get(new byte[] {1}))).isEqualTo(2L);
    assertThat(probe.step().numKeyedStateEntries()).isEqualTo(1);
  }
}
