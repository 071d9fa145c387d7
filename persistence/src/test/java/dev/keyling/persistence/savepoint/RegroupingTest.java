package dev.keyling.persistence.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.GroupKey;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.persistence.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another number of key groups changes where keys lie, and nothing else. */
class RegroupingTest {
  @TempDir private Path dir;

  @Test
  void from128To32To256EveryKeyIsThereOnceAndHoldsTheSame() {
    SavepointReader first = Visits.write(dir.resolve("128"), 2000, 128);
    SavepointReader second = rewritten(first, 32);
    SavepointReader third = rewritten(second, 256);
    SavepointReader back = rewritten(third, 128);
    Map<String, String> before = Visits.contents(first, "visits");
    assertThat(before).hasSize(2000);
    assertThat(Visits.contents(second, "visits")).isEqualTo(before);
    assertThat(Visits.contents(third, "visits")).isEqualTo(before);
    assertThat(third.manifest().step("visits").keyGroups()).isEqualTo(256);
    assertThat(third.manifest().positions()).isEqualTo(first.manifest().positions());
    assertThat(counts(back)).isEqualTo(counts(first));
  }

  private SavepointReader rewritten(SavepointReader from, int keyGroups) {
    return SavepointReader.open(
        SavepointWriter.from(from)
            .keyGroups(keyGroups)
            .write(dir.resolve("to" + keyGroups))
            .path());
  }

  private static List<Long> counts(SavepointReader savepoint) {
    return savepoint.manifest().step("visits").files().stream().map(GroupFile::keys).toList();
  }

  @ParameterizedTest
  @CsvSource({"1, 7", "7, 1", "12, 18", "5, 3", "100, 128", "16, 17"})
  void anyNumberGoesToAnyOther(int before, int after) {
    SavepointReader savepoint = Visits.write(dir.resolve("sp"), 300, before);
    StepImages images = savepoint.images("visits", after);
    Map<String, String> contents = new TreeMap<>();
    for (int group = 0; group < after; group++) {
      byte[] last = {};
      for (Iterator<StoredImage> keys = images.group(group); keys.hasNext(); ) {
        StoredImage key = keys.next();
        assertThat(KeyCodec.groupOf(key.key(), after)).isEqualTo(group);
        assertThat(java.util.Arrays.compareUnsigned(last, key.key())).isNegative();
        last = key.key();
        Visits.put(key, contents);
      }
    }
    assertThat(contents).isEqualTo(Visits.contents(savepoint, "visits"));
  }

  /** Entries that no key of the user has. */
  private static Image own(String broadcast, List<String> aged) {
    TreeMap<EntryKey, EntryValue> entries = new TreeMap<>();
    if (!broadcast.isEmpty()) {
      byte[] entry =
          ("\u0001m\u0001b\u0000" + broadcast).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      entries.put(EntryKey.of(entry), EntryValue.stored(new byte[] {0}));
    }
    for (String state : aged) {
      byte[] entry =
          ("\u0003" + (char) state.length() + state)
              .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      entries.put(EntryKey.of(entry), EntryValue.stored(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 99}));
    }
    return Image.of(entries);
  }

  /** A step whose key groups keep something for themselves, and the keys of visits. */
  private static RegroupedImages regrouped(StepImages keys, List<Image> own, int keyGroups) {
    StepImages all =
        new StepImages() {
          @Override
          public int keyGroups() {
            return own.size();
          }

          @Override
          public Iterator<StoredImage> group(int group) {
            List<StoredImage> images = new ArrayList<>();
            if (!own.get(group).isEmpty()) {
              images.add(new StoredImage(GroupKey.bytes(), own.get(group)));
            }
            keys.group(group).forEachRemaining(images::add);
            return images.iterator();
          }
        };
    return new RegroupedImages(all, keyGroups, "dataflow \"site\" step \"visits\"");
  }

  @Test
  void whatAKeyGroupKeepsForItselfComesToEveryNewOne() {
    StepImages keys = Visits.write(dir.resolve("sp"), 100, 4).images("visits");
    Image own = own("rule", List.of("presence"));
    StepImages images = regrouped(keys, List.of(own, own, own, own), 3);
    IntStream.range(0, 3)
        .forEach(
            group -> {
              StoredImage first = images.group(group).next();
              assertThat(GroupKey.is(first.key())).isTrue();
              assertThat(first.image().entries().keySet()).isEqualTo(own.entries().keySet());
            });
  }

  @Test
  void whatOnlySomeKeysAreAgedForIsForgottenSoThatAllAreAgedAgain() {
    StepImages keys = Visits.write(dir.resolve("sp"), 100, 2).images("visits");
    Image more = own("rule", List.of("a", "b"));
    Image less = own("rule", List.of("b"));
    StepImages images = regrouped(keys, List.of(more, less), 5);
    assertThat(images.group(3).next().image().entries().keySet())
        .isEqualTo(less.entries().keySet());
  }

  @Test
  void broadcastStatesThatDifferAreRefused() {
    StepImages keys = Visits.write(dir.resolve("sp"), 100, 2).images("visits");
    StepImages images =
        regrouped(keys, List.of(own("rule", List.of()), own("other", List.of())), 5);
    assertThatThrownBy(() -> images.group(0))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("\"site\"")
        .hasMessageContaining("key groups 0 and 1 hold different broadcast states")
        .hasMessageContaining("go on with 2 key groups");
  }
}
