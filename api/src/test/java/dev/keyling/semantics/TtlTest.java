package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.TtlStates.Seen;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.StateTtlConfig.StateVisibility;
import dev.keyling.state.StateTtlConfig.UpdateType;
import java.util.List;

/** SEMANTICS T2 to T5, T12, decision 2, traps 5 and 9: what reads and writes see. */
@SemanticsSuite
class TtlTest {
  private static StateTtlConfig.Builder ttl() {
    return StateTtlConfig.newBuilder(10).disableCleanupInBackground();
  }

  private static StateProbe<TtlStates> probe(StateTtlConfig config, boolean restarting) {
    return StateProbe.of(ctx -> TtlStates.of(ctx, config), restarting);
  }

  private static void at(StateProbe<TtlStates> probe, long time) {
    probe.step().setProcessingTime(time);
  }

  private static Seen read(StateProbe<TtlStates> probe) {
    return probe.ask("a", TtlStates::read);
  }

  private static Seen all(long n) {
    return new Seen(n, List.of(n), List.of("k" + n), n, List.of(n));
  }

  @LiveAndRestarting
  @Proves("T4")
  void anEntryIsThereUntilItsTimeHasPassed(boolean restarting) {
    var probe = probe(ttl().build(), restarting);
    at(probe, 5);
    probe.tell("a", states -> states.add(1));
    at(probe, 14);
    assertThat(read(probe)).isEqualTo(all(1));
    at(probe, 15);
    assertThat(read(probe)).isEqualTo(Seen.NOTHING);
  }

  @LiveAndRestarting
  @Proves({"T3", "T7"})
  void aReadRemovesWhatIsExpired(boolean restarting) {
    var probe = probe(ttl().build(), restarting);
    probe.tell("a", states -> states.add(1));
    at(probe, 10);
    assertThat(probe.step().numKeyedStateEntries()).isEqualTo(5);
    read(probe);
    assertThat(probe.step().numKeyedStateEntries()).isZero();
  }

  @LiveAndRestarting
  @Proves("T3")
  void anExpiredEntryIsReturnedOnceIfThatIsWished(boolean restarting) {
    var probe =
        probe(
            ttl().setStateVisibility(StateVisibility.ReturnExpiredIfNotCleanedUp).build(),
            restarting);
    probe.tell("a", states -> states.add(1));
    at(probe, 1000);
    assertThat(read(probe)).isEqualTo(all(1));
    assertThat(read(probe)).isEqualTo(Seen.NOTHING);
    assertThat(probe.step().numKeyedStateEntries()).isZero();
  }

  @LiveAndRestarting
  @Proves("T2")
  void aWriteStampsAndAReadDoesNot(boolean restarting) {
    var probe = probe(ttl().build(), restarting);
    probe.tell("a", states -> states.value().update(1L));
    at(probe, 9);
    read(probe);
    at(probe, 10);
    assertThat(read(probe).value()).isNull();
    probe.tell("a", states -> states.value().update(1L));
    at(probe, 19);
    probe.tell("a", states -> states.value().update(2L));
    at(probe, 28);
    assertThat(read(probe).value()).isEqualTo(2L);
  }

  @LiveAndRestarting
  @Proves("T2")
  void aReadStampsIfThatIsWished(boolean restarting) {
    var probe = probe(ttl().setUpdateType(UpdateType.OnReadAndWrite).build(), restarting);
    probe.tell("a", states -> states.add(1));
    for (long time = 9; time < 100; time += 9) {
      at(probe, time);
      assertThat(read(probe)).isEqualTo(all(1));
    }
    at(probe, 109);
    assertThat(read(probe)).isEqualTo(Seen.NOTHING);
  }

  @LiveAndRestarting
  @Proves("T2")
  void aReadOfAnExpiredEntryDoesNotStampIt(boolean restarting) {
    var probe =
        probe(
            ttl()
                .setUpdateType(UpdateType.OnReadAndWrite)
                .setStateVisibility(StateVisibility.ReturnExpiredIfNotCleanedUp)
                .build(),
            restarting);
    probe.tell("a", states -> states.add(1));
    at(probe, 10);
    assertThat(read(probe)).isEqualTo(all(1));
    assertThat(read(probe)).isEqualTo(Seen.NOTHING);
  }

  @LiveAndRestarting
  @Proves("T5")
  void listElementsAndMapEntriesExpireOneByOne(boolean restarting) {
    var probe = probe(ttl().build(), restarting);
    for (long n = 0; n < 8; n++) {
      at(probe, n);
      long element = n;
      probe.tell("a", states -> states.add(element));
    }
    at(probe, 15);
    assertThat(read(probe).list()).containsExactly(6L, 7L);
    assertThat(read(probe).map()).containsExactly("k6", "k7");
    probe.tell("a", states -> states.list().add(8L));
    at(probe, 17);
    assertThat(read(probe).list()).containsExactly(8L);
  }

  @LiveAndRestarting
  @Proves("T5")
  void anAddStampsTheWholeOfWhatIsReducedOrAggregated(boolean restarting) {
    var probe = probe(ttl().build(), restarting);
    probe.tell("a", states -> states.add(1));
    at(probe, 9);
    probe.tell("a", states -> states.add(2));
    at(probe, 18);
    assertThat(read(probe).reduced()).isEqualTo(3);
    assertThat(read(probe).aggregated()).containsExactly(1L, 2L);
  }

  @LiveAndRestarting
  @Proves("T5")
  void anAddToWhatIsExpiredStartsAnew(boolean restarting) {
    for (StateVisibility visibility : StateVisibility.values()) {
      var probe = probe(ttl().setStateVisibility(visibility).build(), restarting);
      probe.tell("a", states -> states.add(1));
      at(probe, 10);
      probe.tell("a", states -> states.add(2));
      assertThat(read(probe).reduced()).isEqualTo(2);
      assertThat(read(probe).aggregated()).containsExactly(2L);
    }
  }

  @LiveAndRestarting
  @Proves("decision 2")
  void aMapSaysThatItIsEmptyWhenEverythingInItIsExpired(boolean restarting) {
    var probe = probe(ttl().build(), restarting);
    probe.tell("a", states -> states.map().put("x", 1L));
    assertThat(probe.<Boolean>ask("a", states -> states.map().isEmpty())).isFalse();
    at(probe, 10);
    assertThat(probe.<Boolean>ask("a", states -> states.map().isEmpty())).isTrue();
    assertThat(probe.<Boolean>ask("a", states -> states.map().contains("x"))).isFalse();
  }

  @LiveAndRestarting
  @Proves("T12")
  void aNullMapValueLivesAndExpiresLikeAnyOther(boolean restarting) {
    var probe = probe(ttl().build(), restarting);
    probe.tell("a", states -> states.map().put("x", null));
    at(probe, 9);
    assertThat(probe.<Boolean>ask("a", states -> states.map().contains("x"))).isTrue();
    at(probe, 10);
    assertThat(probe.<Boolean>ask("a", states -> states.map().contains("x"))).isFalse();
    assertThat(probe.step().numKeyedStateEntries()).isZero();
  }

  @LiveAndRestarting
  void aMapEntryThatAnIterationFindsExpiredIsNotShown(boolean restarting) {
    var probe = probe(ttl().build(), restarting);
    probe.tell("a", states -> states.map().put("old", 1L));
    at(probe, 5);
    probe.tell("a", states -> states.map().put("new", 2L));
    at(probe, 10);
    probe.tell(
        "a",
        states -> {
          var entries = states.map().iterator();
          assertThat(entries.next().getKey()).isEqualTo("new");
          assertThat(entries.hasNext()).isFalse();
          entries.remove();
        });
    assertThat(probe.step().numKeyedStateEntries()).isZero();
  }

  @LiveAndRestarting
  @Proves("D2")
  void theDefaultOfAValueDoesNotCount(boolean restarting) {
    var probe = probe(ttl().build(), restarting);
    assertThat(read(probe).value()).isNull();
    var without = probe(StateTtlConfig.DISABLED, restarting);
    assertThat(read(without).value()).isEqualTo(100);
  }

  @LiveAndRestarting
  @Proves("T4")
  void theLongestTimeToLiveIsForEver(boolean restarting) {
    var probe = probe(StateTtlConfig.newBuilder(Long.MAX_VALUE).build(), restarting);
    at(probe, 5);
    probe.tell("a", states -> states.add(1));
    at(probe, Long.MAX_VALUE - 1);
    assertThat(read(probe)).isEqualTo(all(1));
  }

  @LiveAndRestarting
  void aTurnThatThrowsStampsAndRemovesNothing(boolean restarting) {
    var probe = probe(ttl().setUpdateType(UpdateType.OnReadAndWrite).build(), restarting);
    probe.tell("a", states -> states.add(1));
    at(probe, 9);
    probe.tellAndThrow("a", (states, ctx, out) -> states.read());
    at(probe, 10);
    probe.tellAndThrow("a", (states, ctx, out) -> states.read());
    assertThat(probe.step().numKeyedStateEntries()).isEqualTo(5);
    assertThat(read(probe)).isEqualTo(Seen.NOTHING);
  }

  @LiveAndRestarting
  void aViewShowsWhenAStateWasStamped(boolean restarting) {
    var probe = probe(ttl().build(), restarting);
    at(probe, 7);
    probe.tell("a", states -> states.add(1));
    assertThat(probe.step().view("a").lastAccess())
        .hasSize(5)
        .allSatisfy((state, stamp) -> assertThat(stamp.toEpochMilli()).isEqualTo(7));
  }
}
