package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.actors.CommitFormat.Header;
import dev.keyling.actors.CommitFormat.KeyDeltas;
import dev.keyling.kernel.Delta;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.time.TimeDomain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bytes of a commit are for ever. */
class CommitFormatTest {
  /** Format 1: attempt 3, id 300, watermark 99; of two keys, a value, a removal and a timer. */
  private static final String GOLDEN =
      "010103ac020000000000000063"
          + "026b31010109017605737461746500"
          + "04002a00"
          + "026b320202"
          + "00"
          + "000a02018000000000000007"
          + "0200";

  private static EntryValue value(int... bytes) {
    byte[] stored = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      stored[i] = (byte) bytes[i];
    }
    return EntryValue.stored(stored);
  }

  private static byte[] key(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> changes(List<byte[]> parts) {
    List<String> changes = new ArrayList<>();
    for (byte[] part : parts) {
      CommitFormat.decode(
          part,
          (key, entry, value) ->
              changes.add(
                  new String(key, StandardCharsets.UTF_8)
                      + " "
                      + entry
                      + " "
                      + (value == null ? "-" : HexFormat.of().formatHex(value))));
    }
    return changes;
  }

  private static List<byte[]> small() {
    List<KeyDeltas> keys =
        List.of(
            new KeyDeltas(key("k1"), List.of(new Delta(Entries.value("state"), value(0, 42, 0)))),
            new KeyDeltas(
                key("k2"),
                List.of(
                    new Delta(Entries.value("state"), null),
                    new Delta(EntryKey.timer(TimeDomain.PROCESSING_TIME, 7), value(0)))));
    return CommitFormat.encode(3, 300, 99, keys, 1000);
  }

  @Test
  void whatWasWrittenOnceCanBeReadForEver() {
    byte[] golden = HexFormat.of().parseHex(GOLDEN);
    assertThat(CommitFormat.header(golden)).isEqualTo(new Header(3, 300, 99, true));
    assertThat(changes(List.of(golden))).isEqualTo(changes(small()));
    assertThat(HexFormat.of().formatHex(small().get(0))).isEqualTo(GOLDEN);
  }

  @Test
  void aLargeCommitIsCutInPartsThatAreWholeTogether() {
    List<KeyDeltas> keys = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      List<Delta> deltas = new ArrayList<>();
      for (int j = 0; j < (i == 77 ? 1_000 : 3); j++) {
        deltas.add(new Delta(Entries.value("s" + j), value(i % 128, j % 128)));
        expected.add("key%d state s%d %02x%02x".formatted(i, j, i % 128, j % 128));
      }
      keys.add(new KeyDeltas(key("key" + i), deltas));
    }
    List<byte[]> parts = CommitFormat.encode(1, 2, Long.MIN_VALUE, keys, 1024);
    assertThat(parts.size()).isGreaterThan(10);
    assertThat(parts).allMatch(part -> part.length < 1024 + 2048);
    assertThat(changes(parts)).isEqualTo(expected);
    assertThat(parts.stream().map(part -> CommitFormat.header(part).last()))
        .containsExactlyElementsOf(
            IntStream.range(0, parts.size()).mapToObj(i -> i == parts.size() - 1).toList());
  }

  @Test
  void moreEntriesThanNumbersAreWrittenInFull() {
    List<Delta> deltas = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      for (int j = 0; j < 1_500; j++) {
        deltas.add(new Delta(Entries.value("s" + j), value(j % 128)));
      }
    }
    List<byte[]> parts =
        CommitFormat.encode(1, 2, 3, List.of(new KeyDeltas(key("k"), deltas)), 1 << 20);
    assertThat(parts).hasSize(1);
    assertThat(changes(parts)).hasSize(3_000).last().asString().startsWith("k state s1499");
  }

  @Test
  void whatIsNoCommitIsRefused() {
    assertThatThrownBy(() -> CommitFormat.header(new byte[] {9, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a commit of format 9, this version reads format 1");
    assertThatThrownBy(() -> CommitFormat.header(new byte[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
