package dev.keyling.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ScalarsTest {
  private static final List<Object> VALUES =
      Arrays.asList(
          null,
          true,
          (byte) -1,
          (short) 300,
          70_000,
          -1L << 40,
          1.5f,
          Math.PI,
          "grün \u0000 \uD83D\uDE00",
          new byte[] {0, -1, 7},
          new BigDecimal("-12.3400"),
          new BigInteger("123456789012345678901234567890"),
          new UUID(1, 2),
          Date.valueOf("2024-02-29"),
          Time.valueOf("23:59:59"),
          Timestamp.valueOf("2024-02-29 23:59:59.123456789"),
          LocalDate.of(2024, 2, 29),
          LocalTime.of(1, 2, 3, 4),
          LocalDateTime.of(2024, 2, 29, 0, 0),
          OffsetTime.parse("10:15:30+01:00"),
          OffsetDateTime.parse("2024-02-29T10:15:30.5+01:00"),
          Instant.parse("2024-02-29T10:15:30.123456789Z"));

  @Test
  void everyScalarComesBackAsItWas() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (Object value : VALUES) {
      Scalar.of(value).write(out, value);
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    List<Object> back = new ArrayList<>();
    for (int i = 0; i < VALUES.size(); i++) {
      back.add(Scalar.read(in));
    }
    assertThat(back).usingRecursiveComparison().isEqualTo(VALUES);
    assertThat(VALUES.stream().map(Scalar::of)).containsExactly(Scalar.values());
  }

  @Test
  void whatIsNoScalarIsNone() {
    assertThat(Scalar.of(List.of())).isNull();
  }
}
