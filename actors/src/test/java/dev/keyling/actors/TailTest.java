package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.actors.CommitFormat.KeyDeltas;
import dev.keyling.kernel.Delta;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.time.TimeDomain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commits say of one key, read when it is needed. */
class TailTest {
  private static final EntryKey SUM = Entries.value("sum");

  private final Tail tail = new Tail();
  private final RecoveredTimers timers = new RecoveredTimers();
  private final List<String> wakeUps = new ArrayList<>();

  private static byte[] key(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static EntryValue value(int number) {
    return EntryValue.stored(new byte[] {0, (byte) number});
  }

  private static KeyDeltas changes(String key, EntryKey entry, @Nullable EntryValue value) {
    return new KeyDeltas(key(key), List.of(new Delta(entry, value)));
  }

  private void commit(long id, KeyDeltas... keys) {
    tail.add(id, CommitFormat.encode(1, id, 0, List.of(keys), 1 << 20), timers);
  }

  private KeyEntry taken(String key) {
    KeyEntry entry = new KeyEntry(key);
    tail.into(entry, key(key));
    return entry;
  }

  private static SortedMap<EntryKey, EntryValue> stored(KeyEntry entry) {
    SortedMap<EntryKey, EntryValue> image = new TreeMap<>();
    entry.overlay.over(new TreeMap<>()).entries().forEach(image::put);
    return image;
  }

  @Test
  void theNewestCommitSaysWhatAnEntryHolds() {
    commit(1, changes("a", SUM, value(1)), changes("b", SUM, value(2)));
    commit(2, changes("a", SUM, value(3)));
    tail.indexed();
    assertThat(stored(taken("a")).get(SUM).bytes()).containsExactly(0, 3);
    assertThat(stored(taken("b")).get(SUM).bytes()).containsExactly(0, 2);
    assertThat(tail.newest()).isEqualTo(2);
  }

  @Test
  void aRemovalHidesWhatWasThereBefore() {
    commit(1, changes("a", SUM, value(1)));
    commit(2, changes("a", SUM, null));
    tail.indexed();
    KeyEntry entry = taken("a");
    assertThat(stored(entry)).isEmpty();
    assertThat(entry.overlay.isEmpty()).isFalse();
  }

  @Test
  void aKeyThatNoCommitNamesTakesNothing() {
    commit(1, changes("a", SUM, value(1)));
    tail.indexed();
    assertThat(taken("b").overlay.isEmpty()).isTrue();
    assertThat(tail.taken()).isEmpty();
  }

  @Test
  void keysWithTheSameHashAreToldApart() {
    Map<Integer, String> keys = new HashMap<>();
    String one = null;
    String other = "";
    for (int i = 0; one == null; i++) { // among 2^17 keys there are two
      other = "key" + i;
      one = keys.put(CommitPart.hash(key(other)), other);
    }
    commit(1, changes(one, SUM, value(1)), changes(other, SUM, value(2)));
    tail.indexed();
    assertThat(stored(taken(one)).get(SUM).bytes()).containsExactly(0, 1);
    assertThat(stored(taken(other)).get(SUM).bytes()).containsExactly(0, 2);
  }

  @Test
  void timersAreFoundWithoutAnyKey() {
    EntryKey early = EntryKey.timer(TimeDomain.EVENT_TIME, 5);
    EntryKey late = EntryKey.timer(TimeDomain.EVENT_TIME, 9);
    commit(1, changes("a", early, value(0)), changes("a", late, value(0)));
    commit(2, changes("a", early, null));
    tail.indexed();
    timers.earliest(
        (key, domain, time) -> wakeUps.add(new String(key, StandardCharsets.UTF_8) + time));
    assertThat(wakeUps).containsExactly("a9");
  }

  @Test
  void anEmptyTailIsOfNoKey() {
    tail.indexed();
    assertThat(taken("a").overlay.isEmpty()).isTrue();
    assertThat(tail.newest()).isEqualTo(Long.MIN_VALUE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void manyCommitsInManyPartsAreWhatAPlainMapHolds(long seed) {
    Random random = new Random(seed);
    SortedMap<String, SortedMap<EntryKey, byte[]>> model = new TreeMap<>();
    for (int id = 1; id <= 40; id++) {
      List<KeyDeltas> keys = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String key = "key" + random.nextInt(200);
        List<Delta> deltas = new ArrayList<>();
        for (int j = random.nextInt(3); j >= 0; j--) {
          EntryKey entry = Entries.value("state" + random.nextInt(5));
          byte[] bytes = new byte[1 + random.nextInt(40)];
          boolean isSet = random.nextInt(4) > 0;
          deltas.add(new Delta(entry, isSet ? EntryValue.stored(bytes) : null));
          SortedMap<EntryKey, byte[]> image = model.computeIfAbsent(key, k -> new TreeMap<>());
          image.remove(entry);
          if (isSet) {
            image.put(entry, bytes);
          }
        }
        keys.add(new KeyDeltas(key(key), deltas));
      }
      tail.add(id, CommitFormat.encode(1, id, 0, keys, 500), timers);
    }
    tail.indexed();
    Set<String> named = new HashSet<>();
    tail.keys(key -> named.add(new String(key, StandardCharsets.UTF_8)));
    assertThat(named).isEqualTo(model.keySet());
    model.forEach(
        (key, image) -> {
          SortedMap<EntryKey, EntryValue> found = stored(taken(key));
          assertThat(found.keySet()).isEqualTo(image.keySet());
          image.forEach(
              (entry, bytes) -> assertThat(found.get(entry).bytes()).containsExactly(bytes));
        });
  }
}
