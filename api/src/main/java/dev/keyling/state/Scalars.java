package dev.keyling.state;

import static java.util.Map.entry;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.bytes.Utf8;
import dev.keyling.state.StoredType.Form;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The built-in types and their stored forms. Whole numbers are zig-zag var longs. */
final class Scalars {
  static final DeclaredType<String> STRING =
      scalar(
          Form.STRING, (v, w) -> w.writeRaw(Utf8.encode(v)), r -> Utf8.decode(r.readRemaining()));
  static final DeclaredType<Long> LONG =
      scalar(Form.LONG, Scalars::writeSigned, Scalars::readSigned);
  static final DeclaredType<Integer> INT =
      scalar(Form.INT, (v, w) -> writeSigned(v, w), Scalars::readInt);

  /** The bits of a double, big endian; every NaN is the same one, as it is for equals. */
  static final DeclaredType<Double> DOUBLE =
      scalar(
          Form.DOUBLE,
          (v, w) -> w.writeLong(Double.doubleToLongBits(v)),
          r -> Double.longBitsToDouble(r.readLong()));

  static final DeclaredType<Boolean> BOOLEAN =
      scalar(Form.BOOLEAN, (v, w) -> w.writeByte(v ? 1 : 0), Scalars::readBoolean);
  static final DeclaredType<byte[]> BYTES =
      new DeclaredType<>(
          "bytes",
          false,
          type -> codec(type, Form.BYTES, (v, w) -> w.writeRaw(v), ByteReader::readRemaining));

  /** Seconds since 1970, then nanoseconds as an unsigned var int. */
  static final DeclaredType<Instant> INSTANT =
      scalar(
          Form.INSTANT,
          (v, w) -> writeTime(v.getEpochSecond(), v.getNano(), w),
          r -> Instant.ofEpochSecond(readSigned(r), readNanos(r)));

  /** As an instant. */
  static final DeclaredType<Duration> DURATION =
      scalar(
          Form.DURATION,
          (v, w) -> writeTime(v.getSeconds(), v.getNano(), w),
          r -> Duration.ofSeconds(readSigned(r), readNanos(r)));

  /** Both halves, big endian. */
  static final DeclaredType<UUID> UUID =
      scalar(Form.UUID, Scalars::writeUuid, r -> new UUID(r.readLong(), r.readLong()));

  static final Map<Class<?>, DeclaredType<?>> BY_CLASS =
      Map.ofEntries(
          entry(String.class, STRING),
          entry(Long.class, LONG),
          entry(Integer.class, INT),
          entry(Double.class, DOUBLE),
          entry(Boolean.class, BOOLEAN),
          entry(byte[].class, BYTES),
          entry(Instant.class, INSTANT),
          entry(Duration.class, DURATION),
          entry(UUID.class, UUID));

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private Scalars() {}

  /** Returns the class of boxed values of a primitive type, any other class as it is. */
  static Class<?> wrapper(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  private static <T> DeclaredType<T> scalar(
      Form form, BiConsumer<T, ByteWriter> write, Function<ByteReader, T> read) {
    return new DeclaredType<>(
        StoredType.of(form).describe(), true, type -> codec(type, form, write, read));
  }

  private static <T> Codec<T> codec(
      String type, Form form, BiConsumer<T, ByteWriter> write, Function<ByteReader, T> read) {
    return new BinaryCodec<>(type, StoredType.of(form)) {
      @Override
      void write(T value, ByteWriter writer) {
        write.accept(value, writer);
      }

      @Override
      T read(ByteReader reader) {
        return read.apply(reader);
      }
    };
  }

  private static void writeSigned(long value, ByteWriter writer) {
    writer.writeVarLong(value << 1 ^ value >> 63);
  }

  private static long readSigned(ByteReader reader) {
    long zigZag = reader.readVarLong();
    return zigZag >>> 1 ^ -(zigZag & 1);
  }

  private static int readInt(ByteReader reader) {
    long value = readSigned(reader);
    if (value != (int) value) {
      throw new IllegalArgumentException(value + " is out of range");
    }
    return (int) value;
  }

  private static boolean readBoolean(ByteReader reader) {
    byte value = reader.readByte();
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException(value + " is neither 0 nor 1");
    }
    return value == 1;
  }

  private static void writeTime(long seconds, int nanos, ByteWriter writer) {
    writeSigned(seconds, writer);
    writer.writeVarInt(nanos);
  }

  private static int readNanos(ByteReader reader) {
    int nanos = reader.readVarInt();
    if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
      throw new IllegalArgumentException("more nanoseconds than a second has");
    }
    return nanos;
  }

  private static void writeUuid(UUID value, ByteWriter writer) {
    writer.writeLong(value.getMostSignificantBits());
    writer.writeLong(value.getLeastSignificantBits());
  }
}
