package dev.keyling.state;

import dev.keyling.bytes.Utf8;
import java.util.LinkedHashMap;
import java.util.Map;

/** Enums by the names of their constants, so that constants may be added and reordered. */
final class EnumCodec<E extends Enum<E>> implements Codec<E> {
  private final String type;
  private final Map<String, E> constants = new LinkedHashMap<>();

  private EnumCodec(Class<E> type) {
    this.type = type.getTypeName();
    for (E constant : type.getEnumConstants()) {
      constants.put(constant.name(), constant);
    }
  }

  /** Returns the type of an enum, also when given the class of a constant with a body. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // the caller knows that this is an enum
  static DeclaredType<?> type(Class<?> given) {
    Class type = given.isEnum() ? given : given.getSuperclass();
    return new DeclaredType<>(type.getTypeName(), true, description -> new EnumCodec(type));
  }

  @Override
  public StoredType storedType() {
    return StoredType.of(StoredType.Form.ENUM);
  }

  @Override
  public byte[] encode(E value) {
    return Utf8.encode(value.name());
  }

  @Override
  public E decode(byte[] bytes) {
    String name;
    try {
      name = Utf8.decode(bytes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not of type " + type + ": " + e.getMessage(), e);
    }
    E constant = constants.get(name);
    if (constant == null) {
      throw new IllegalArgumentException(
          "enum " + type + " has no constant \"" + name + "\", only " + constants.keySet());
    }
    return constant;
  }
}
