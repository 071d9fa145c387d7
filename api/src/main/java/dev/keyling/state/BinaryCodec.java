package dev.keyling.state;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import java.time.DateTimeException;

/** A codec whose values say themselves where they end; bytes beyond that are refused. */
abstract class BinaryCodec<T> implements Codec<T> {
  private final String type;
  private final StoredType storedType;

  BinaryCodec(String type, StoredType storedType) {
    this.type = type;
    this.storedType = storedType;
  }

  @Override
  public final StoredType storedType() {
    return storedType;
  }

  abstract void write(T value, ByteWriter writer);

  /** Reads a value; throws {@link IllegalArgumentException} or {@link DateTimeException}. */
  abstract T read(ByteReader reader);

  @Override
  public final byte[] encode(T value) {
    ByteWriter writer = new ByteWriter();
    write(value, writer);
    return writer.toByteArray();
  }

  @Override
  public final T decode(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes);
    T value;
    try {
      value = read(reader);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException("not of type " + type + ": " + e.getMessage(), e);
    }
    if (reader.remaining() > 0) {
      throw new IllegalArgumentException(
          "not of type " + type + ": " + reader.remaining() + " bytes are left over");
    }
    return value;
  }
}
