package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** SEMANTICS K3, K4, K5. */
@SemanticsSuite
class ListStateTest {
  private static StateProbe<ListState<Long>> longs(boolean restarting) {
    return StateProbe.of(
        ctx -> ctx.getListState(new ListStateDescriptor<>("all", Types.LONG)), restarting);
  }

  private static List<Long> contentOf(StateProbe<ListState<Long>> probe, String key) {
    return probe.ask(key, ListStateTest::content);
  }

  private static List<Long> content(ListState<Long> state) {
    return StreamSupport.stream(state.get().spliterator(), false).toList();
  }

  private static List<Long> upTo(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  @LiveAndRestarting
  @Proves("K3")
  void isEmptyAndNotNullBeforeTheFirstAdd(boolean restarting) {
    assertThat(contentOf(longs(restarting), "a")).isEmpty();
  }

  @LiveAndRestarting
  @Proves({"K3", "K4"})
  void keepsInsertionOrderAndDuplicates(boolean restarting) {
    var probe = longs(restarting);
    probe.tell("a", state -> state.add(3L));
    probe.tell("a", state -> state.addAll(List.of(1L, 3L)));
    probe.tell("a", state -> state.add(2L));
    assertThat(contentOf(probe, "a")).containsExactly(3L, 1L, 3L, 2L);
    assertThat(contentOf(probe, "b")).isEmpty();
  }

  @LiveAndRestarting
  @Proves("K4")
  void addingNothingChangesNothing(boolean restarting) {
    var probe = longs(restarting);
    probe.tell("a", state -> state.addAll(List.of()));
    assertThat(probe.step().numKeyedStateEntries()).isZero();
    probe.tell("a", state -> state.add(1L));
    probe.tell("a", state -> state.addAll(List.of()));
    assertThat(contentOf(probe, "a")).containsExactly(1L);
  }

  @LiveAndRestarting
  @Proves({"K4", "K5"})
  void refusesNullAndHasNotChangedThen(boolean restarting) {
    var probe = longs(restarting);
    probe.tell("a", state -> state.add(1L));
    List<Long> withNull = Arrays.asList(2L, null);
    probe.tell(
        "a",
        state -> {
          for (Runnable refused :
              List.<Runnable>of(
                  () -> state.add(null),
                  () -> state.addAll(null),
                  () -> state.addAll(withNull),
                  () -> state.update(null),
                  () -> state.update(withNull))) {
            try {
              refused.run();
            } catch (NullPointerException expected) {
              continue;
            }
            throw new AssertionError("null was taken");
          }
          assertThat(content(state)).containsExactly(1L);
        });
    assertThat(contentOf(probe, "a")).containsExactly(1L);
  }

  @LiveAndRestarting
  @Proves("K5")
  void isReplacedByAnUpdate(boolean restarting) {
    var probe = longs(restarting);
    probe.tell("a", state -> state.addAll(upTo(200)));
    probe.tell("a", state -> state.update(List.of(7L, 8L)));
    assertThat(contentOf(probe, "a")).containsExactly(7L, 8L);
    probe.tell("a", state -> state.add(9L));
    assertThat(contentOf(probe, "a")).containsExactly(7L, 8L, 9L);
  }

  @LiveAndRestarting
  @Proves("K5")
  void isClearedByAnUpdateWithNothing(boolean restarting) {
    var probe = longs(restarting);
    probe.tell("a", state -> state.addAll(upTo(200)));
    probe.tell("a", state -> state.update(List.of()));
    assertThat(contentOf(probe, "a")).isEmpty();
    assertThat(probe.step().numKeyedStateEntries()).isZero();
  }

  @LiveAndRestarting
  void isClearedForItsKeyOnly(boolean restarting) {
    var probe = longs(restarting);
    probe.tell("a", state -> state.add(1L));
    probe.tell("b", state -> state.add(2L));
    probe.tell("a", ListState::clear);
    assertThat(contentOf(probe, "a")).isEmpty();
    assertThat(contentOf(probe, "b")).containsExactly(2L);
  }

  @LiveAndRestarting
  void whatWasHandedOutDoesNotShowLaterChanges(boolean restarting) {
    var probe = longs(restarting);
    probe.tell("a", state -> state.add(1L));
    Iterable<Long> before =
        probe.ask(
            "a",
            state -> {
              Iterable<Long> content = state.get();
              state.add(2L);
              return content;
            });
    assertThat(before).containsExactly(1L);
  }

  @LiveAndRestarting
  void growsTo1000ElementsOneByOne(boolean restarting) {
    var probe = longs(restarting);
    for (long i = 0; i < 1000; i++) {
      long value = i;
      probe.tell("a", state -> state.add(value));
    }
    assertThat(contentOf(probe, "a")).isEqualTo(upTo(1000));
    assertThat(contentOf(probe.restarted(), "a")).isEqualTo(upTo(1000));
  }

  @Test
  void growsAcrossRestartsAtAnyPlace() {
    var probe = longs(false);
    List<Long> expected = new ArrayList<>();
    for (int size : new int[] {1, 14, 1, 1, 47, 64, 1, 100, 3, 15, 16, 17, 63, 65, 592}) {
      long from = expected.size();
      List<Long> more = LongStream.range(from, from + size).boxed().toList();
      probe.tell("a", state -> state.addAll(more));
      expected.addAll(more);
      assertThat(contentOf(probe, "a")).isEqualTo(expected);
      probe = probe.restarted();
      assertThat(contentOf(probe, "a")).isEqualTo(expected);
    }
    assertThat(expected).hasSize(1000);
  }
}
