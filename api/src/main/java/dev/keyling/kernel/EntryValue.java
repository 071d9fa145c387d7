package dev.keyling.kernel;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.state.Codec;
import dev.keyling.state.StoredType;
import dev.keyling.state.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * The value of one entry, on its way to the store or from it. Immutable: values that can never
 * change are held by reference and encoded when somebody needs the bytes; others are encoded when
 * the entry is made.
 *
 * <p>Stored form: a byte of flags, whose upper five bits are the code of the {@link StoredType};
 * the TTL stamp if there is one (8 bytes, ms); the parts of the type; the value.
 */
public abstract class EntryValue {
  static final int STAMPED = 1;
  static final int NULL = 2;

  /** Where the code of the stored type begins; 0 in entries of before there were such codes. */
  static final int TYPE = 3;

  /** The stamp of an entry without TTL. */
  public static final long NO_STAMP = Long.MIN_VALUE;

  private static final byte[] EMPTY = {0};

  /** Returns the stored form, which must not be changed. */
  public abstract byte[] bytes();

  /** Returns its TTL stamp, {@link #NO_STAMP} if it has none. */
  abstract long stamp();

  /** Reads what it holds, and returns something of that. */
  int fetch() {
    return 0;
  }

  /** Returns the same value with another stamp. */
  abstract EntryValue withStamp(long stamp);

  /** Wraps stored bytes. */
  public static EntryValue stored(byte[] bytes) {
    return new Stored(bytes);
  }

  /** Returns the value of an entry whose presence says all: a timer. */
  static EntryValue present() {
    return new Stored(EMPTY);
  }

  /** Makes an entry of a value; null only for map values. */
  static <T> EntryValue of(@Nullable T value, TypeInformation<T> type, long stamp) {
    if (value != null && type.isImmutable()) {
      return live(value, type.codec(), stamp);
    }
    return new Stored(encode(value, type.codec(), stamp));
  }

  private static <T> EntryValue live(T value, Codec<T> codec, long stamp) {
    return stamp == NO_STAMP ? new Live<>(value, codec) : new StampedLive<>(value, codec, stamp);
  }

  /** Returns the value: the same object if it can never change, else a fresh copy. */
  @SuppressWarnings("unchecked") // a state's entries hold only values of its own declared type
  <T> @Nullable T get(TypeInformation<T> type) {
    if (this instanceof Live<?> live) {
      return (T) live.value;
    }
    return this instanceof Stored stored ? stored.read(type) : decode(bytes(), type);
  }

  /**
   * Makes sure that what was stored can be read as the declared type. If that has to be tried, the
   * next {@link #get} gives what came of it.
   *
   * @throws IllegalArgumentException why it cannot
   */
  void requireReadable(TypeInformation<?> type) {
    if (this instanceof Stored stored) {
      stored.tryReading(type);
    }
  }

  /** Describes in words what was stored. */
  String describe() {
    ByteReader reader = new ByteReader(bytes());
    StoredType type = readHeader(reader);
    return type.describe(reader.readRemaining());
  }

  private static <T> byte[] encode(@Nullable T value, Codec<T> codec, long stamp) {
    ByteWriter writer = new ByteWriter();
    StoredType type = codec.storedType();
    writer.writeByte(
        type.code() << TYPE | (stamp == NO_STAMP ? 0 : STAMPED) | (value == null ? NULL : 0));
    if (stamp != NO_STAMP) {
      writer.writeLong(stamp);
    }
    type.writeParts(writer);
    if (value != null) {
      writer.writeRaw(codec.encode(value));
    }
    return writer.toByteArray();
  }

  private static <T> @Nullable T decode(byte[] bytes, TypeInformation<T> type) {
    ByteReader reader = new ByteReader(bytes);
    readHeader(reader);
    return (bytes[0] & NULL) != 0 ? null : type.codec().decode(reader.readRemaining());
  }

  /** Reads what stands before the value. */
  private static StoredType readHeader(ByteReader reader) {
    int flags = reader.readByte() & 0xff;
    if ((flags & STAMPED) != 0) {
      reader.readLong();
    }
    return StoredType.read(flags >>> TYPE, reader);
  }

  /** Held by reference; without a stamp, as most are: there is one per key. */
  private static class Live<T> extends EntryValue {
    final T value;
    final Codec<T> codec;

    Live(T value, Codec<T> codec) {
      this.value = value;
      this.codec = codec;
    }

    @Override
    int fetch() {
      return value.getClass().hashCode();
    }

    @Override
    public byte[] bytes() {
      return encode(value, codec, stamp());
    }

    @Override
    long stamp() {
      return NO_STAMP;
    }

    @Override
    EntryValue withStamp(long stamp) {
      return live(value, codec, stamp);
    }
  }

  private static final class StampedLive<T> extends Live<T> {
    private final long stamp;

    StampedLive(T value, Codec<T> codec, long stamp) {
      super(value, codec);
      this.stamp = stamp;
    }

    @Override
    long stamp() {
      return stamp;
    }
  }

  private static final class Stored extends EntryValue {
    private final byte[] bytes;

    /** What has been decoded: for good if it can never change, else until it is given away. */
    private @Nullable Object decoded;

    Stored(byte[] bytes) {
      this.bytes = bytes;
    }

    @SuppressWarnings("unchecked") // it was decoded as the one type that the state declares
    <T> @Nullable T read(TypeInformation<T> type) {
      T value = (T) decoded;
      if (value == null) {
        value = decode(bytes, type);
      }
      decoded = type.isImmutable() ? value : null;
      return value;
    }

    void tryReading(TypeInformation<?> type) {
      StoredType stored = readHeader(new ByteReader(bytes));
      StoredType declared = type.codec().storedType();
      if (!stored.mayBe(declared)) {
        throw new IllegalArgumentException(stored.describe() + " is not " + declared.describe());
      }
      if (!stored.isCertain() || !declared.isCertain()) {
        decoded = decode(bytes, type);
      }
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }

    @Override
    long stamp() {
      ByteReader reader = new ByteReader(bytes);
      return (reader.readByte() & STAMPED) == 0 ? NO_STAMP : reader.readLong();
    }

    @Override
    EntryValue withStamp(long stamp) {
      ByteReader reader = new ByteReader(bytes);
      int flags = reader.readByte();
      if ((flags & STAMPED) != 0) {
        reader.readLong();
      }
      ByteWriter writer = new ByteWriter();
      writer.writeByte(stamp == NO_STAMP ? flags & ~STAMPED : flags | STAMPED);
      if (stamp != NO_STAMP) {
        writer.writeLong(stamp);
      }
      writer.writeRaw(reader.readRemaining());
      return new Stored(writer.toByteArray());
    }
  }
}
