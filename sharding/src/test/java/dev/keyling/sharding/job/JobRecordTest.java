package dev.keyling.sharding.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.connector.Position;
import dev.keyling.persistence.Segment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The bytes of a job record are for ever: a new format gets a new constant beside these. */
class JobRecordTest {
  private static final String STARTED_1 =
      "010301e807000105636f756e741b313238206b65792067726f7570732c206b65797320737472696e6700";

  private static final String COMPLETED_1 =
      "0104e907d00f0203001104e807fc070205636f756e741b313238206b65792067726f7570732c"
          + "206b65797320737472696e67046c61737419313238206b65792067726f7570732c206b657973"
          + "206c6f6e6701fc0780d095ffbc310208696e2f612e63737605612e637376043437313108696e"
          + "2f622e63737605622e6373760130010a696e2f612e637376233100000000000003840205636f"
          + "756e740000000000000383046c617374800000000000000001036f7574020673746167656400";

  private static final String STARTED_2 =
      "020301e807000105636f756e741b313238206b65792067726f7570732c206b65797320737472696e670000";

  private static final String RETAINING_2 =
      "0204e907d00f0203001104e807fc070205636f756e741b313238206b65792067726f7570732c206b"
          + "65797320737472696e67046c61737419313238206b65792067726f7570732c206b657973206c6f6e"
          + "6701fc0780d095ffbc310208696e2f612e63737605612e637376043437313108696e2f622e637376"
          + "05622e6373760130010a696e2f612e637376233100000000000003840205636f756e740000000000"
          + "000383046c617374800000000000000001036f75740206737461676564000105636f756e74020869"
          + "6e2f612e6373760301020308696e2f622e6373760663686b2d313703118080babbc82e0506066368"
          + "6b2d313700fb078180babbc82e0708006efb0780d095ffbc310208696e2f612e63737605612e6373"
          + "76043437313108696e2f622e63737605622e6373760130010a696e2f612e63737623310000000000"
          + "0003840205636f756e740000000000000383046c617374800000000000000001036f757402076561"
          + "726c6965720000fc0780d095ffbc3109ac020000";

  private static final String STARTED_3 =
      "030301e807000105636f756e741b313238206b65792067726f7570732c206b65797320737472696e670000";

  private static final String RETAINING_3 =
      "0304e907d00f0203001104e807fc070205636f756e741b313238206b65792067726f7570732c206b"
          + "65797320737472696e67046c61737419313238206b65792067726f7570732c206b657973206c6f6e"
          + "6701fc0780d095ffbc310208696e2f612e63737605612e637376043437313108696e2f622e637376"
          + "05622e6373760130010a696e2f612e637376233100000000000003840205636f756e740000000000"
          + "000383046c617374800000000000000001036f75740206737461676564000105636f756e74020869"
          + "6e2f612e6373760301020308696e2f622e6373760663686b2d31370105636f756e7403118080babb"
          + "c82e0506280663686b2d313700fb078180babbc82e0708280075fb0780d095ffbc310208696e2f61"
          + "2e63737605612e637376043437313108696e2f622e63737605622e6373760130010a696e2f612e63"
          + "7376233100000000000003840205636f756e740000000000000383046c6173748000000000000000"
          + "01036f757402076561726c69657200000105636f756e74fc0780d095ffbc3109ac02280000";

  private static JobRecord started() {
    return new JobRecord(
        3, 1, 1000, List.of(), Map.of("count", "128 key groups, keys string"), null, List.of());
  }

  /** As format 1 tells it: nothing but the newest checkpoint is retained. */
  private static JobRecord completed() {
    return completed(
        Map.of(),
        Set.of(),
        List.of(new Kept(1020, 1_700_000_000_000L, 0, 0, 0, Kept.NOTHING, Kept.NOTHING)));
  }

  /** As format 2 tells it: keys are not counted, and what has ended is not known. */
  private static JobRecord retaining() {
    return retaining(0, Set.of());
  }

  private static JobRecord retaining(long keys, Set<String> ended) {
    byte[] place = "chk-17".getBytes(StandardCharsets.UTF_8);
    byte[] manifest = ManifestFormat.encode(manifest("earlier", 1019, Map.of(), ended));
    return completed(
        new TreeMap<>(
            Map.of(
                "count",
                new TreeMap<>(Map.of("in/a.csv", new byte[] {1, 2, 3}, "in/b.csv", place)))),
        ended,
        List.of(
            new Kept(17, 1_600_000_000_000L, 5, 6, keys, place, Kept.NOTHING),
            new Kept(1019, 1_600_000_000_001L, 7, 8, keys, Kept.NOTHING, manifest),
            new Kept(1020, 1_700_000_000_000L, 9, 300, keys, Kept.NOTHING, Kept.NOTHING)));
  }

  private static Manifest manifest(
      String staged, long id, Map<String, Map<String, byte[]>> overtaken, Set<String> ended) {
    byte[] handle = staged.getBytes(StandardCharsets.UTF_8);
    return new Manifest(
        id,
        1_700_000_000_000L,
        new TreeMap<>(
            Map.of(
                "in/a.csv", new Position("a.csv", "4711"),
                "in/b.csv", new Position("b.csv", "0"))),
        new TreeMap<>(Map.of("in/a.csv#1", 900L)),
        new TreeMap<>(Map.of("count", 899L, "last", Long.MIN_VALUE)),
        new TreeMap<>(Map.of("out", List.of(handle, new byte[0]))),
        overtaken,
        ended);
  }

  private static JobRecord completed(
      Map<String, Map<String, byte[]>> overtaken, Set<String> ended, List<Kept> retained) {
    return new JobRecord(
        4,
        1001,
        2000,
        List.of(new Segment(3, 0, 17), new Segment(4, 1000, 1020)),
        new TreeMap<>(
            Map.of("count", "128 key groups, keys string", "last", "128 key groups, keys long")),
        manifest("staged", 1020, overtaken, ended),
        retained);
  }

  private static String hex(JobRecord record) {
    return HexFormat.of().formatHex(record.encode());
  }

  private static JobRecord golden(String hex) {
    return JobRecord.decode(HexFormat.of().parseHex(hex));
  }

  @Test
  void whatWasWrittenOnceCanBeReadForEver() {
    assertThat(golden(STARTED_1)).isEqualTo(started());
    assertThat(golden(STARTED_2)).isEqualTo(started());
    assertThat(golden(STARTED_3)).isEqualTo(started());
    assertThat(golden(RETAINING_3))
        .usingRecursiveComparison()
        .isEqualTo(retaining(40, Set.of("count")));
    assertThat(golden(RETAINING_2)).usingRecursiveComparison().isEqualTo(retaining());
    assertThat(golden(COMPLETED_1)).usingRecursiveComparison().isEqualTo(completed());
    assertThat(Objects.requireNonNull(golden(COMPLETED_1).completed()).handles().get("out").get(0))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("staged");
  }

  @Test
  void theSameBytesAreWrittenToday() {
    assertThat(hex(started())).isEqualTo(STARTED_3);
    assertThat(hex(retaining(40, Set.of("count")))).isEqualTo(RETAINING_3);
  }

  @Test
  void aLaterFormatIsRefused() {
    assertThatThrownBy(() -> golden("04"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a job record of format 4, this version reads formats 1 to 3");
  }
}
