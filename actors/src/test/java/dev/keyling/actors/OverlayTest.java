package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.kernel.Delta;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.Image;
import dev.keyling.time.TimeDomain;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private final Overlay overlay = new Overlay();

  private static Delta delta(String name, @Nullable Integer value) {
    return new Delta(
        Entries.value(name),
        value == null ? null : EntryValue.stored(new byte[] {value.byteValue()}));
  }

  private static SortedMap<EntryKey, EntryValue> rows(String... names) {
    SortedMap<EntryKey, EntryValue> rows = new TreeMap<>();
    for (String name : names) {
      rows.put(Entries.value(name), EntryValue.stored(new byte[] {0}));
    }
    return rows;
  }

  private static String shown(Image image) {
    StringBuilder shown = new StringBuilder();
    image
        .entries()
        .forEach((entry, value) -> shown.append(entry).append('=').append(value.bytes()[0]));
    return shown.toString().replace("state ", " ").trim();
  }

  @Test
  void showsItsChangesOverTheRows() {
    overlay.merge(List.of(delta("a", 1), delta("b", null), delta("d", 4)));
    assertThat(shown(overlay.over(rows("a", "b", "c")))).isEqualTo("a=1 c=0 d=4");
  }

  @Test
  void givesEachChangeToOneCommitWithItsNewestValue() {
    overlay.merge(List.of(delta("a", 1)));
    overlay.merge(List.of(delta("a", 2), delta("b", 3)));
    assertThat(overlay.seal(7)).hasSize(2).allMatch(each -> each.value() != null);
    assertThat(overlay.hasPending()).isFalse();
    assertThat(overlay.seal(8)).isEmpty();
    overlay.merge(List.of(delta("a", 5)));
    assertThat(overlay.seal(9))
        .singleElement()
        .extracting(Delta::entry)
        .isEqualTo(Entries.value("a"));
  }

  @Test
  void forgetsWhatIsInRowsAndNothingNewer() {
    overlay.merge(List.of(delta("a", 1), delta("b", 1)));
    overlay.seal(1);
    overlay.merge(List.of(delta("b", 2)));
    overlay.seal(2);
    overlay.merge(List.of(delta("c", 3)));
    overlay.dropUpTo(1);
    assertThat(shown(overlay.over(rows()))).isEqualTo("b=2 c=3");
    overlay.dropUpTo(2);
    assertThat(shown(overlay.over(rows()))).isEqualTo("c=3");
    overlay.seal(3);
    overlay.dropUpTo(3);
    assertThat(overlay.isEmpty()).isTrue();
  }

  private static Delta timer(long time, boolean set) {
    return new Delta(
        EntryKey.timer(TimeDomain.EVENT_TIME, time),
        set ? EntryValue.stored(new byte[] {0}) : null);
  }

  @Test
  void aTimerThatIsSetAndDeletedBetweenTwoCommitsIsInNone() {
    overlay.merge(List.of(timer(5, true)));
    overlay.merge(List.of(delta("a", 1), timer(5, false), timer(7, true)));
    overlay.merge(List.of(timer(7, false), timer(9, true)));
    assertThat(overlay.seal(1))
        .extracting(Delta::entry)
        .containsExactlyInAnyOrder(Entries.value("a"), EntryKey.timer(TimeDomain.EVENT_TIME, 9));
    overlay.merge(List.of(timer(9, false)));
    assertThat(overlay.seal(2)).containsExactly(timer(9, false));
  }

  @Test
  void aTimerThatIsSetAgainIsInTheCommit() {
    overlay.merge(List.of(timer(5, true)));
    overlay.merge(List.of(timer(5, false)));
    overlay.merge(List.of(timer(5, true)));
    assertThat(overlay.seal(1)).hasSize(1).allMatch(each -> each.value() != null);
  }

  @Test
  void aTimerInRowsThatIsDeletedAndSetAndDeletedIsRemovedThere() {
    overlay.merge(List.of(timer(5, false)));
    overlay.merge(List.of(timer(5, true)));
    overlay.merge(List.of(timer(5, false)));
    assertThat(overlay.seal(1)).containsExactly(timer(5, false));
  }

  @Test
  void keepsOneChangeLikeMany() {
    overlay.merge(List.of(delta("a", null)));
    assertThat(overlay.seal(1)).hasSize(1);
    assertThat(overlay.isEmpty()).isFalse();
    assertThat(overlay.over(rows("a")).isEmpty()).isTrue();
    overlay.dropUpTo(1);
    assertThat(overlay.isEmpty()).isTrue();
  }

  @Test
  void isTheMemoryWhereNothingIsStored() {
    overlay.keep(List.of(delta("a", 1)));
    overlay.keep(List.of(delta("b", 2), delta("a", null)));
    assertThat(overlay.hasPending()).isFalse();
    assertThat(shown(overlay.over(rows()))).isEqualTo("b=2");
    overlay.keep(List.of(delta("b", null), delta("c", null)));
    assertThat(overlay.isEmpty()).isTrue();
  }

  @Test
  void takesOverWhatWasRecovered() {
    overlay.recover(Entries.value("a"), EntryValue.stored(new byte[] {1}), 4);
    overlay.recover(Entries.value("a"), EntryValue.stored(new byte[] {2}), 5);
    overlay.recover(Entries.value("b"), null, 5);
    assertThat(overlay.hasPending()).isFalse();
    overlay.dropUpTo(4);
    assertThat(shown(overlay.over(rows("b")))).isEqualTo("a=2");
  }
}
