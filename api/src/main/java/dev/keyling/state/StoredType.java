package dev.keyling.state;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the bytes of a stored value are, as far as it can be said without the class that they were
 * made from. It is stored beside the value, so that bytes are never read as something that they
 * are not.
 *
 * @param form what the bytes themselves are
 * @param parts the type of the elements of a list; those of the keys and values of a map
 */
public record StoredType(Form form, List<StoredType> parts) {
  /** Nothing is known of the bytes: only trying shows whether a declared type can read them. */
  public static final StoredType UNKNOWN = new StoredType(Form.UNKNOWN, List.of());

  public StoredType {
    parts = List.copyOf(parts);
    if (parts.size() != form.parts) {
      throw new IllegalArgumentException(form + " has " + form.parts + " parts, not " + parts);
    }
  }

  /** The forms of values. The codes are part of the stored format: 0 to 31, and never reused. */
  public enum Form {
    UNKNOWN(0, 0),
    STRING(1, 0),
    LONG(2, 0),
    INT(3, 0),
    DOUBLE(4, 0),
    BOOLEAN(5, 0),
    BYTES(6, 0),
    INSTANT(7, 0),
    DURATION(8, 0),
    UUID(9, 0),
    ENUM(10, 0),
    LIST(11, 1),
    MAP(12, 2),
    /** A value of a {@link CodecProvider}, whose bytes describe themselves. */
    OBJECT(13, 0);

    private static final Form[] BY_CODE = values();

    private final int code;
    private final int parts;

    Form(int code, int parts) {
      this.code = code;
      this.parts = parts;
    }

    /** Returns what stands for the form in stored bytes. */
    public int code() {
      return code;
    }

    private static Form ofCode(int code) {
      if (code >= BY_CODE.length) {
        throw new IllegalArgumentException(
            "type code " + code + " is of a later version, this one knows 0 to " + OBJECT.code);
      }
      return BY_CODE[code];
    }
  }

  /** Returns the type of a form with its parts. */
  public static StoredType of(Form form, StoredType... parts) {
    return new StoredType(form, List.of(parts));
  }

  /** Tells whether all bytes of this type are also bytes of the other one, of the same meaning. */
  private boolean widensTo(StoredType other) {
    if (form == Form.INT && other.form == Form.LONG) {
      return true;
    }
    if (form != other.form) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).mayBe(other.parts.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Tells whether what is stored as this can be read as the declared type: the same, {@code int} as
   * {@code long}, or one of them is unknown.
   */
  public boolean mayBe(StoredType declared) {
    return form == Form.UNKNOWN || declared.form == Form.UNKNOWN || widensTo(declared);
  }

  /**
   * Tells whether the type alone shows that what is stored as this can be read as the declared one;
   * else it has to be tried.
   */
  public boolean surelyIs(StoredType declared) {
    return isTelling() && declared.isTelling() && widensTo(declared);
  }

  private boolean isTelling() {
    return form != Form.UNKNOWN
        && form != Form.ENUM
        && form != Form.OBJECT
        && parts.stream().allMatch(StoredType::isTelling);
  }

  /** Writes the codes of the parts, each before its own parts. */
  public void writeParts(ByteWriter writer) {
    for (StoredType part : parts) {
      writer.writeByte(part.form.code);
      part.writeParts(writer);
    }
  }

  /**
   * Reads what {@link #writeParts} wrote, behind the code of the form itself.
   *
   * @throws IllegalArgumentException if it is of a later version
   */
  public static StoredType read(int code, ByteReader reader) {
    Form form = Form.ofCode(code);
    return switch (form.parts) {
      case 0 -> form == Form.UNKNOWN ? UNKNOWN : of(form);
      case 1 -> of(form, read(reader));
      default -> of(form, read(reader), read(reader));
    };
  }

  private static StoredType read(ByteReader reader) {
    return read(reader.readByte(), reader);
  }

  /** Returns the type of a stored value in words, with what the value tells itself. */
  public String describe(byte[] value) {
    return switch (form) {
      case UNKNOWN -> "of unknown type, " + value.length + " bytes";
      case OBJECT -> FoundProvider.describe(value);
      case ENUM -> "enum constant " + new String(value, StandardCharsets.UTF_8);
      default -> describe();
    };
  }

  /** Returns the type in words, as {@link TypeInformation#describe} would say it. */
  public String describe() {
    String name = form.name().toLowerCase(Locale.ROOT);
    return parts.isEmpty()
        ? name
        : parts.stream().map(StoredType::describe).collect(Collectors.joining(", ", name + "<", ">"));
  }
}
