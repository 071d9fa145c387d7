package dev.keyling.persistence.leveldb.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.record.Sealed;
import dev.keyling.persistence.leveldb.record.StoredObject;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes of a snapshot; what is stored must stay readable. */
class SnapshotHeadTest {

  private static final byte[] KEY = new SnapshotKeys("a\0b").head(7);

  private static final String PLAIN =
      "53bc24330100000000000004d2000000010000000566db68df0000001400016d";
  private static final String WITH_METADATA =
      "f65c897e0200000000000004d2000000010000000566db68df0000001400016d000000" + "1300006d6f7265";

  @Test
  void sortsTheSnapshotsOfAnIdByTheirNumber() {
    assertThat(HexFormat.of().formatHex(KEY)).isEqualTo("126100ff6200010000000000000007");
    assertThat(HexFormat.of().formatHex(new SnapshotKeys("a\0b").data(7, 2)))
        .isEqualTo("136100ff620001000000000000000700000002");
  }

  @Test
  void writesWhatItAlwaysWrote() {
    assertThat(hex(null)).isEqualTo(PLAIN);
    assertThat(hex(object(19, "", "more"))).isEqualTo(WITH_METADATA);
  }

  @Test
  void readsWhatItOnceWrote() {
    SnapshotHead head = read(WITH_METADATA);
    assertThat(head.timestamp()).isEqualTo(1234);
    assertThat(head.pieces()).isEqualTo(1);
    assertThat(head.length()).isEqualTo(5);
    assertThat(head.checksum()).isEqualTo(SnapshotHead.checksum(Stores.bytes("state")));
    assertThat(head.serializer()).isEqualTo(20);
    assertThat(head.manifest()).isEqualTo(Stores.bytes("m"));
    assertThat(head.metadata().bytes()).isEqualTo(Stores.bytes("more"));
    assertThat(read(PLAIN).metadata()).isNull();
  }

  @Test
  void refusesAFormOfTheFuture() {
    byte[] future = Sealed.seal(KEY, (byte) 3);
    assertThatThrownBy(() -> SnapshotHead.of(Sealed.open(KEY, future)))
        .hasMessageContaining("unknown format 3");
  }

  private static SnapshotHead read(String hex) {
    return SnapshotHead.of(Sealed.open(KEY, HexFormat.of().parseHex(hex)));
  }

  private static String hex(StoredObject metadata) {
    Snapshot snapshot = new Snapshot(7, 1234, object(20, "m", "state"), metadata);
    return HexFormat.of().formatHex(SnapshotHead.toValue(KEY, snapshot));
  }

  private static StoredObject object(int serializer, String manifest, String bytes) {
    return new StoredObject(serializer, Stores.bytes(manifest), Stores.bytes(bytes));
  }
}
