package dev.keyling.persistence.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.persistence.StoreException;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator holds, in another number of partitions. */
class RepartitioningTest {
  private static final KeyCodec<Object> PARTITIONS = KeyCodec.ofPartitions(4, "here");

  @TempDir private Path dir;

  /** Writes the states of four users as those of the four partitions of an operator. */
  private SavepointReader operator(Predicate<EntryKey> kept) {
    List<Image> images = new ArrayList<>();
    Visits.write(dir.resolve("visits"), 4, 1)
        .forEachImage(
            "visits",
            user -> {
              TreeMap<EntryKey, EntryValue> entries = new TreeMap<>(user.image().entries());
              entries.keySet().removeIf(kept.negate());
              images.add(Image.of(entries));
            });
    UnfinishedSavepoint unfinished = UnfinishedSavepoint.begin(dir.resolve("sp"));
    List<GroupFile> files = new ArrayList<>();
    for (int partition = 0; partition < images.size(); partition++) {
      GroupHeader header = new GroupHeader(unfinished.creation(), "flow", 5, "operator", partition);
      try (GroupFileWriter writer = new GroupFileWriter(unfinished.directory(), 0, header)) {
        writer.add(new StoredImage(PARTITIONS.encode(partition), images.get(partition)));
        writer.finish().ifPresent(files::add);
      }
    }
    unfinished.finish(
        new SavepointManifest(
            "flow",
            unfinished.creation(),
            5,
            Visits.CLOCK.instant(),
            List.of(new SavedStep("operator", 4, null, files)),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Set.of()));
    return SavepointReader.open(dir.resolve("sp"));
  }

  private static boolean isList(EntryKey entry) {
    return entry.isState() && entry.stateKind().equals("ListState");
  }

  @Test
  void listsAreSplitEvenly() {
    SavepointReader savepoint = operator(RepartitioningTest::isList);
    StepImages images = savepoint.images("operator", 3);
    List<Integer> sizes = new ArrayList<>();
    for (int partition = 0; partition < 3; partition++) {
      for (Iterator<StoredImage> own = images.group(partition); own.hasNext(); ) {
        StoredImage image = own.next();
        assertThat(image.key()).isEqualTo(PARTITIONS.encode(partition));
        List<?> pages =
            (List<?>)
                ImageText.view("flow", "operator", partition, image.image()).states().get("pages");
        sizes.add(pages.size());
      }
    }
    assertThat(sizes).containsExactly(4, 3, 3); // 1 + 2 + 3 + 4 before
  }

  @Test
  void partitionsAreReadAsKeys() {
    SavepointReader savepoint = operator(RepartitioningTest::isList);
    Map<Integer, List<String>> pages = new TreeMap<>();
    savepoint.forEachKey(
        "operator",
        Types.INT,
        partition -> pages.put(partition.key(), partition.get(Visits.PAGES)));
    assertThat(pages.keySet()).containsExactly(0, 1, 2, 3);
    assertThat(pages.get(3)).hasSize(4);
    assertThat(savepoint.view("operator", Types.INT, 3).states())
        .containsEntry("pages", pages.get(3));
  }

  @Test
  void whatCannotBePartedIsRefused() {
    SavepointReader savepoint = operator(EntryKey::isState);
    assertThat(savepoint.images("operator", 4).group(3).hasNext()).isTrue();
    assertThatThrownBy(() -> savepoint.images("operator", 3))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("dataflow \"flow\" step \"operator\": partition 3")
        .hasMessageContaining("go on with at least 4 partitions");
  }
}
