package dev.keyling.jdbc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values that a row can hold while it is staged. The ordinal is what is stored. */
enum Scalar {
  NULL(Void.class, (out, value) -> {}, in -> null),
  BOOLEAN(
      Boolean.class,
      (out, value) -> out.writeBoolean((Boolean) value),
      DataInputStream::readBoolean),
  BYTE(Byte.class, (out, value) -> out.writeByte((Byte) value), DataInputStream::readByte),
  SHORT(Short.class, (out, value) -> out.writeShort((Short) value), DataInputStream::readShort),
  INT(Integer.class, (out, value) -> out.writeInt((Integer) value), DataInputStream::readInt),
  LONG(Long.class, (out, value) -> out.writeLong((Long) value), DataInputStream::readLong),
  FLOAT(Float.class, (out, value) -> out.writeFloat((Float) value), DataInputStream::readFloat),
  DOUBLE(
      Double.class, (out, value) -> out.writeDouble((Double) value), DataInputStream::readDouble),
  STRING(String.class, (out, value) -> text(out, value), Scalar::text),
  BYTES(byte[].class, (out, value) -> bytes(out, (byte[]) value), Scalar::bytes),
  DECIMAL(BigDecimal.class, (out, value) -> text(out, value), in -> new BigDecimal(text(in))),
  INTEGER(BigInteger.class, (out, value) -> text(out, value), in -> new BigInteger(text(in))),
  UNIQUE_ID(UUID.class, (out, value) -> text(out, value), in -> UUID.fromString(text(in))),
  SQL_DATE(
      Date.class,
      (out, value) -> out.writeLong(((Date) value).getTime()),
      in -> new Date(in.readLong())),
  SQL_TIME(
      Time.class,
      (out, value) -> out.writeLong(((Time) value).getTime()),
      in -> new Time(in.readLong())),
  SQL_TIMESTAMP(
      Timestamp.class, (out, value) -> timestamp(out, (Timestamp) value), Scalar::timestamp),
  DATE(LocalDate.class, (out, value) -> text(out, value), in -> LocalDate.parse(text(in))),
  TIME(LocalTime.class, (out, value) -> text(out, value), in -> LocalTime.parse(text(in))),
  DATE_TIME(
      LocalDateTime.class, (out, value) -> text(out, value), in -> LocalDateTime.parse(text(in))),
  OFFSET_TIME(OffsetTime.class, (out, value) -> text(out, value), in -> OffsetTime.parse(text(in))),
  OFFSET_DATE_TIME(
      OffsetDateTime.class, (out, value) -> text(out, value), in -> OffsetDateTime.parse(text(in))),
  INSTANT(Instant.class, (out, value) -> text(out, value), in -> Instant.parse(text(in)));

  private static final Scalar[] ALL = values();

  private final Class<?> type;
  private final Writing writing;
  private final Reading reading;

  private interface Writing {
    void write(DataOutputStream out, Object value) throws IOException;
  }

  private interface Reading {
    @Nullable Object read(DataInputStream in) throws IOException;
  }

  Scalar(Class<?> type, Writing writing, Reading reading) {
    this.type = type;
    this.writing = writing;
    this.reading = reading;
  }

  /** Returns which of these a value is; null if it cannot be staged. */
  static @Nullable Scalar of(@Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    return Arrays.stream(ALL)
        .filter(each -> each.type == value.getClass())
        .findFirst()
        .orElse(null);
  }

  /** Writes a value that is one of these, so that {@link #read} finds it. */
  void write(DataOutputStream out, @Nullable Object value) throws IOException {
    out.writeByte(ordinal());
    if (value != null) {
      writing.write(out, value);
    }
  }

  static @Nullable Object read(DataInputStream in) throws IOException {
    return ALL[in.readByte()].reading.read(in);
  }

  private static void text(DataOutputStream out, Object value) throws IOException {
    bytes(out, value.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static void bytes(DataOutputStream out, byte[] value) throws IOException {
    out.writeInt(value.length);
    out.write(value);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    byte[] value = new byte[in.readInt()];
    in.readFully(value);
    return value;
  }

  private static void timestamp(DataOutputStream out, Timestamp value) throws IOException {
    out.writeLong(value.getTime());
    out.writeInt(value.getNanos());
  }

  private static Timestamp timestamp(DataInputStream in) throws IOException {
    Timestamp value = new Timestamp(in.readLong());
    value.setNanos(in.readInt());
    return value;
  }
}
