package dev.keyling.sharding.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.checkpoint.CheckpointConfig;
import dev.keyling.checkpoint.FileSystemCheckpointStorage;
import dev.keyling.checkpoint.JobManagerCheckpointStorage;
import dev.keyling.connector.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where manifests are kept, and what is said when they are not what they were. */
class ManifestsTest {
  private static final byte[] LARGE = "staged for long".repeat(20).getBytes(StandardCharsets.UTF_8);

  private static final String METADATA_1 =
      "4b4c4d01480780d095ffbc310104696e2f610161043437313101036123310000000000000005"
          + "0105636f756e74000000000000000701036f7574020101000105636f756e740104696e2f6101"
          + "07010e036f7574010200000000c574b4c80000000059894f48";

  private static final String METADATA_2 =
      "4b4c4d024f0780d095ffbc310104696e2f6101610434373131010361233100000000000000050105"
          + "636f756e74000000000000000701036f7574020101000105636f756e740104696e2f610107010563"
          + "6f756e74010e036f7574010200000000c574b4c80000000078f78e6b";

  @TempDir private Path dir;

  private static Manifest manifest(long id) {
    return new Manifest(
        id,
        1_700_000_000_000L,
        Map.of("in/a", new Position("a", "4711")),
        Map.of("a#1", 5L),
        Map.of("count", 7L),
        new TreeMap<>(Map.of("out", List.of(new byte[] {1, 2}, LARGE), "plain", List.of())),
        Map.of("count", Map.of("in/a", new byte[] {7})),
        Set.of("count"));
  }

  private Manifests files() {
    return Manifests.of(
        "flow",
        new CheckpointConfig()
            .setCheckpointStorage(new FileSystemCheckpointStorage(dir, LARGE.length, -1)));
  }

  private static Manifests inRecord(long maxSize) {
    return Manifests.of(
        "flow",
        new CheckpointConfig()
            .setCheckpointStorage(new JobManagerCheckpointStorage(null, maxSize)));
  }

  private Path kept(String name) {
    return dir.resolve("flow/chk-7").resolve(name);
  }

  private static void assertSame(Manifest is, Manifest expected) {
    assertThat(ManifestFormat.encode(is)).isEqualTo(ManifestFormat.encode(expected));
  }

  @Test
  void aDirectoryHoldsTheManifestAndWhatIsLargeInFilesOfItsOwn() throws IOException {
    byte[] place = files().keep(manifest(7));
    assertThat(dir.resolve("flow/chk-7").toFile().list())
        .containsExactlyInAnyOrder("_metadata", "part-0");
    assertThat(kept("part-0")).hasBinaryContent(LARGE);
    assertSame(files().read(7, place), manifest(7));
  }

  /** The bytes are for ever: a new format gets a new constant beside this. */
  @Test
  void theMetadataIsWrittenAndReadAsEver() throws IOException {
    List<byte[]> parts = new ArrayList<>();
    assertThat(HexFormat.of().formatHex(ManifestParts.split(golden(Set.of("count")), 2, parts)))
        .isEqualTo(METADATA_2);
    assertThat(parts).containsExactly(new byte[] {2, 3});
    assertSame(join(METADATA_2), golden(Set.of("count")));
    assertSame(join(METADATA_1), golden(Set.of()));
  }

  private static Manifest golden(Set<String> ended) {
    return new Manifest(
        7,
        1_700_000_000_000L,
        Map.of("in/a", new Position("a", "4711")),
        Map.of("a#1", 5L),
        Map.of("count", 7L),
        Map.of("out", List.of(new byte[] {1}, new byte[] {2, 3})),
        Map.of("count", Map.of("in/a", new byte[] {7})),
        ended);
  }

  private static Manifest join(String metadata) throws IOException {
    return ManifestParts.join(HexFormat.of().parseHex(metadata), part -> new byte[] {2, 3});
  }

  @Test
  void manyOvertakenElementsStandInTheMetadataAndInTheRecord() throws IOException {
    byte[] elements = new byte[24 << 20];
    new Random(3).nextBytes(elements);
    Manifest large =
        new Manifest(
            7,
            1,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of("count", Map.of("in/a", elements)),
            Set.of());
    byte[] place = files().keep(large);
    assertThat(dir.resolve("flow/chk-7").toFile().list()).containsExactly("_metadata");
    assertSame(files().read(7, place), large);
    JobRecord record =
        new JobRecord(
            1, 1, 10, List.of(), Map.of(), large, List.of(Kept.newest(large, 1, 1, 1, place)));
    assertSame(Objects.requireNonNull(JobRecord.decode(record.encode()).completed()), large);
    assertThatThrownBy(() -> inRecord(5 << 20).keep(large))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no more than 5242880");
  }

  @Test
  void whatIsBelowTheThresholdIsInTheMetadata() throws IOException {
    Manifests all =
        Manifests.of(
            "flow",
            new CheckpointConfig()
                .setCheckpointStorage(new FileSystemCheckpointStorage(dir, LARGE.length + 1, -1)));
    byte[] place = all.keep(manifest(7));
    assertThat(dir.resolve("flow/chk-7").toFile().list()).containsExactly("_metadata");
    assertSame(all.read(7, place), manifest(7));
  }

  @Test
  void aRunWithAnotherStorageStillReadsAndDiscardsIt() throws IOException {
    byte[] place = files().keep(manifest(7));
    Manifests other = inRecord(1000);
    assertSame(other.read(7, place), manifest(7));
    other.discard(7, place);
    assertThat(dir.resolve("flow")).doesNotExist();
  }

  @Test
  void everyFlippedByteIsNoticed() throws IOException {
    byte[] place = files().keep(manifest(7));
    for (String name : List.of("_metadata", "part-0")) {
      byte[] bytes = Files.readAllBytes(kept(name));
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] ^= 0x10;
        Files.write(kept(name), bytes);
        assertThatThrownBy(() -> files().read(7, place))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("damaged")
            .hasMessageContaining("restore another checkpoint");
        bytes[i] ^= 0x10;
      }
      Files.write(kept(name), bytes);
    }
    assertSame(files().read(7, place), manifest(7));
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    byte[] place = files().keep(manifest(7));
    byte[] bytes = Files.readAllBytes(kept("_metadata"));
    for (int length = 0; length < bytes.length; length++) {
      Files.write(kept("_metadata"), Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> files().read(7, place)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    byte[] place = files().keep(manifest(7));
    Files.delete(kept("part-0"));
    assertThatThrownBy(() -> files().read(7, place))
        .hasMessageContaining(kept("part-0").toString())
        .hasMessageContaining("is not there");
    assertThatThrownBy(() -> files().read(8, place)).hasMessageContaining("chk-8");
  }

  @Test
  void anotherCheckpointInItsPlaceIsNoticed() throws IOException {
    byte[] place = files().keep(manifest(7));
    Files.move(dir.resolve("flow/chk-7"), dir.resolve("flow/chk-9"));
    assertThatThrownBy(() -> files().read(9, place)).hasMessageContaining("is checkpoint 7");
  }

  @Test
  void aDirectoryThatAnotherStoreWritesToIsRefused() throws IOException {
    files().keep(manifest(7));
    assertThatThrownBy(() -> files().keep(manifest(7)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chk-7 is there already")
        .hasMessageContaining("give each its own");
  }

  @Test
  void aFileInTheWayIsRefused() throws IOException {
    Files.writeString(dir.resolve("flow"), "a file");
    assertThatThrownBy(() -> files().keep(manifest(7)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(dir.resolve("flow").toString());
  }

  @Test
  void discardingLeavesTheOthersAndMayBeRepeated() throws IOException {
    byte[] place = files().keep(manifest(7));
    files().keep(manifest(8));
    files().discard(7, place);
    files().discard(7, place);
    assertThat(dir.resolve("flow").toFile().list()).containsExactly("chk-8");
  }

  @Test
  void theCoordinatorRefusesWhatIsLargerThanItMayBe() throws IOException {
    int size = ManifestFormat.encode(manifest(7)).length;
    assertThat(inRecord(size).keep(manifest(7))).isEmpty();
    assertThatThrownBy(() -> inRecord(size - 1).keep(manifest(7)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "it takes %d bytes and the JobManagerCheckpointStorage no more than %d; give that a larger maxStateSize, or use a FileSystemCheckpointStorage",
            size, size - 1);
  }

  @Test
  void placesAreWrittenAndReadAsEver() throws IOException {
    for (ManifestPlace place :
        List.of(new ManifestPlace.Directory("/var/x"), new ManifestPlace.Custom())) {
      assertThat(ManifestPlace.decode(place.encode())).isEqualTo(place);
    }
    assertThat(new ManifestPlace.Directory("/var/x").encode())
        .isEqualTo(HexFormat.of().parseHex("01062f7661722f78"));
    assertThat(new ManifestPlace.Custom().encode()).containsExactly(2);
    assertThatThrownBy(() -> ManifestPlace.decode(new byte[] {9})).hasMessageContaining("(9)");
  }

  @Test
  void whatACustomStorageKeepsNeedsOne() {
    byte[] place = new ManifestPlace.Custom().encode();
    assertThatThrownBy(() -> files().read(7, place))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("setCheckpointStorage");
    assertThatThrownBy(() -> inRecord(1).discard(7, place)).isInstanceOf(IOException.class);
  }
}
