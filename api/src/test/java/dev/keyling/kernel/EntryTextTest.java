package dev.keyling.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.state.StoredType;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import dev.keyling.time.TimeDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntryTextTest {
  private static final EntryKey STATE =
      EntryKey.state(StateKind.VALUE, "s", EntryKey.NOTHING, EntryKey.NOTHING);

  private final EntryText text = new EntryText(bytes -> "object of " + bytes.length);

  @Test
  void readsEveryBuiltInType() {
    assertValue("käte", Types.STRING, "string", "käte");
    assertValue(-42L, Types.LONG, "long", -42L);
    assertValue(42, Types.INT, "int", 42);
    assertValue(0.5, Types.DOUBLE, "double", 0.5);
    assertValue(true, Types.BOOLEAN, "boolean", true);
    assertValue(new byte[] {1, -1}, Types.BYTES, "bytes", "01ff");
    assertValue(Instant.EPOCH, Types.INSTANT, "instant", "1970-01-01T00:00:00Z");
    assertValue(Duration.ofSeconds(90), Types.DURATION, "duration", "PT1M30S");
    assertValue(new UUID(1, 2), Types.UUID, "uuid", new UUID(1, 2).toString());
    assertValue(
        Arrays.asList(1, null), Types.listOf(Types.INT), "list<int>", Arrays.asList(1, null));
    assertValue(
        new TreeMap<>(Map.of("a", 1L)),
        Types.mapOf(Types.STRING, Types.LONG),
        "map<string, long>",
        List.of(Map.of("key", "a", "value", 1L)));
  }

  private <T> void assertValue(T value, TypeInformation<T> type, String name, Object shown) {
    Map<String, @Nullable Object> read =
        text.read(STATE, EntryValue.of(value, type, EntryValue.NO_STAMP).bytes());
    assertThat(read)
        .containsEntry("state", "s")
        .containsEntry("kind", "ValueState")
        .containsEntry("type", name)
        .containsEntry("value", shown)
        .doesNotContainKey("stamp");
  }

  @Test
  void showsWhenAValueWasStamped() {
    byte[] stamped = EntryValue.of(7L, Types.LONG, 1500).bytes();
    assertThat(text.read(STATE, stamped))
        .containsEntry("value", 7L)
        .containsEntry("stamp", "1970-01-01T00:00:01.500Z")
        .containsEntry("stampMs", 1500L);
  }

  @Test
  void namesWhatWasRemovedWithTheTypesOfASibling() {
    byte[] key = Types.LONG.codec().encode(300L);
    EntryKey entry = EntryKey.state(StateKind.MAP, "m", EntryKey.NOTHING, key);
    byte[] sibling =
        EntryValue.of("x", new MapEntryType<>(Types.LONG, Types.STRING), EntryValue.NO_STAMP)
            .bytes();
    assertThat(text.name(entry, sibling))
        .containsOnlyKeys("state", "kind", "key")
        .containsEntry("key", 300L);
    assertThat(text.name(entry, null))
        .containsEntry("key", HexFormat.of().formatHex(key))
        .doesNotContainKey("value");
    assertThat(text.name(STATE, EntryValue.of(1L, Types.LONG, 5).bytes()))
        .containsOnlyKeys("state", "kind");
    assertThat(text.name(EntryKey.timer(TimeDomain.EVENT_TIME, 1000), null))
        .containsOnlyKeys("timer", "at", "atMs");
  }

  @Test
  void showsTimersAndSweeps() {
    byte[] present = EntryValue.present().bytes();
    assertThat(text.read(EntryKey.timer(TimeDomain.EVENT_TIME, 1000), present))
        .containsEntry("timer", "EVENT_TIME")
        .containsEntry("at", "1970-01-01T00:00:01Z")
        .containsEntry("atMs", 1000L);
    assertThat(text.read(EntryKey.sweep(TimeDomain.PROCESSING_TIME, Long.MAX_VALUE), present))
        .containsEntry("sweep", "PROCESSING_TIME")
        .containsEntry("at", "never");
  }

  @Test
  void showsTheElementsOfAList() {
    EntryKey key = EntryKey.state(StateKind.LIST, "l", EntryKey.NOTHING, new byte[8]);
    EntryValue one = EntryValue.of("a", Types.STRING, EntryValue.NO_STAMP);
    byte[] chunk = new Chunk(0, 1, key, one, one).bytes();
    Map<String, Object> element = Map.of("type", "string", "value", "a");
    assertThat(text.read(key, chunk))
        .containsEntry("chunk", 0L)
        .containsEntry("elements", List.of(element, element));
  }

  @Test
  void givesWhatAProviderEncodedToWhoeverCanReadIt() {
    byte[] first = {
      (byte) (StoredType.of(StoredType.Form.OBJECT).code() << EntryValue.TYPE), 1, 2, 3
    };
    assertThat(text.read(STATE, first))
        .containsEntry("type", "object")
        .containsEntry("value", "object of 3");
  }
}
