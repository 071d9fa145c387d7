package dev.keyling.state;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the bytes of a stored value are, as far as it can be said without the class that they were
 * made from. It is stored beside the value, so that bytes are never read as something that they are
 * not.
 *
 * @param form what the bytes themselves are
 * @param parts the type of the elements of a list; those of the keys and of the values of a map
 */
public record StoredType(Form form, List<StoredType> parts) {
  /** Nothing is known of the bytes: only trying shows whether a declared type can read them. */
  public static final StoredType UNKNOWN = of(Form.UNKNOWN);

  private static final Form[] FORMS = Form.values();
  private static final StoredType[] PLAIN = plain();
  private static final int NIBBLE = 4;
  private static final int LOW = (1 << NIBBLE) - 1;

  public StoredType {
    parts = List.copyOf(parts);
    if (parts.size() != form.parts) {
      throw new IllegalArgumentException(form + " has " + form.parts + " parts, not " + parts);
    }
  }

  /** The forms of values. The codes are part of the stored format: 0 to 15, and never reused. */
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
    OBJECT(13, 0),
    /** A value in a map state, whose key stands elsewhere; the parts are those of a map. */
    ENTRY(14, 2);

    private final int code;
    private final int parts;

    Form(int code, int parts) {
      this.code = code;
      this.parts = parts;
    }
  }

  private static StoredType[] plain() {
    StoredType[] plain = new StoredType[FORMS.length];
    for (Form form : FORMS) {
      if (form.parts == 0) {
        plain[form.code] = of(form);
      }
    }
    return plain;
  }

  /** Returns the type of a form with its parts. */
  public static StoredType of(Form form, StoredType... parts) {
    return new StoredType(form, List.of(parts));
  }

  /** Returns what stands for the form in stored bytes. */
  public int code() {
    return form.code;
  }

  /** Writes the codes of the parts, two in a byte, each byte followed by the parts of these. */
  public void writeParts(ByteWriter writer) {
    if (!parts.isEmpty()) {
      int last = parts.size() - 1;
      writer.writeByte(parts.get(0).form.code << NIBBLE | parts.get(last).form.code);
      parts.forEach(part -> part.writeParts(writer));
    }
  }

  /**
   * Reads the parts that {@link #writeParts} wrote.
   *
   * @param code the code of the form itself
   * @throws IllegalArgumentException if it is of a later version
   */
  public static StoredType read(int code, ByteReader reader) {
    if (code >= FORMS.length) {
      throw new IllegalArgumentException("the type of code " + code + " is of a later version");
    }
    Form form = FORMS[code];
    if (form.parts == 0) {
      return PLAIN[code];
    }
    int codes = reader.readByte();
    StoredType first = read(codes >> NIBBLE & LOW, reader);
    return form.parts == 1 ? of(form, first) : of(form, first, read(codes & LOW, reader));
  }

  /**
   * Tells whether what is stored as this may be readable as the declared type: it is the same, an
   * {@code int} that is now a {@code long}, or one of them is unknown.
   */
  public boolean mayBe(StoredType declared) {
    if (form == Form.UNKNOWN || declared.form == Form.UNKNOWN) {
      return true;
    }
    if (form != declared.form) {
      return form == Form.INT && declared.form == Form.LONG;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).mayBe(declared.parts.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether a value can be read whenever its type {@link #mayBe} the declared one, this. */
  public boolean isCertain() {
    return form != Form.UNKNOWN
        && form != Form.ENUM
        && form != Form.OBJECT
        && parts.stream().allMatch(StoredType::isCertain);
  }

  /** Returns the type in words, as {@link TypeInformation#describe} would say it. */
  public String describe() {
    String name = form.name().toLowerCase(Locale.ROOT);
    return parts.isEmpty()
        ? name
        : parts.stream()
            .map(StoredType::describe)
            .collect(Collectors.joining(", ", name + "<", ">"));
  }

  /** Returns the type of a value in words, with what the bytes of the value tell themselves. */
  public String describe(byte[] value) {
    return switch (form) {
      case UNKNOWN -> "unknown type (" + value.length + " bytes)";
      case OBJECT -> FoundProvider.describe(value);
      case ENUM -> "enum constant " + new String(value, StandardCharsets.UTF_8);
      case ENTRY -> parts.get(0).describe() + ", " + parts.get(1).describe(value);
      default -> describe();
    };
  }
}
