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

  private static JobRecord started() {
    return new JobRecord(
        3, 1, 1000, List.of(), Map.of("count", "128 key groups, keys string"), null);
  }

  private static JobRecord completed() {
    byte[] handle = "staged".getBytes(StandardCharsets.UTF_8);
    return new JobRecord(
        4,
        1001,
        2000,
        List.of(new Segment(3, 0, 17), new Segment(4, 1000, 1020)),
        new TreeMap<>(
            Map.of("count", "128 key groups, keys string", "last", "128 key groups, keys long")),
        new Manifest(
            1020,
            1_700_000_000_000L,
            new TreeMap<>(
                Map.of(
                    "in/a.csv", new Position("a.csv", "4711"),
                    "in/b.csv", new Position("b.csv", "0"))),
            new TreeMap<>(Map.of("in/a.csv#1", 900L)),
            new TreeMap<>(Map.of("count", 899L, "last", Long.MIN_VALUE)),
            new TreeMap<>(Map.of("out", List.of(handle, new byte[0])))));
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
    assertThat(golden(COMPLETED_1)).usingRecursiveComparison().isEqualTo(completed());
    assertThat(Objects.requireNonNull(golden(COMPLETED_1).completed()).handles().get("out").get(0))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("staged");
  }

  @Test
  void theSameBytesAreWrittenToday() {
    assertThat(hex(started())).isEqualTo(STARTED_1);
    assertThat(hex(completed())).isEqualTo(COMPLETED_1);
  }

  @Test
  void aLaterFormatIsRefused() {
    assertThatThrownBy(() -> golden("02"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a job record of format 2, this version reads format 1");
  }
}
