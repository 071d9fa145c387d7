package dev.keyling.state;

import org.jspecify.annotations.Nullable;

/** Describes a {@link ValueState}. */
public final class ValueStateDescriptor<T> extends StateDescriptor<ValueState<T>> {
  private final TypeInformation<T> type;
  private final byte @Nullable [] defaultValue;

  public ValueStateDescriptor(String name, TypeInformation<T> type) {
    super(name);
    this.type = type;
    this.defaultValue = null;
  }

  /** Describes a state whose {@code value()} gives a fresh copy of the default when it is empty. */
  public ValueStateDescriptor(String name, TypeInformation<T> type, @Nullable T defaultValue) {
    super(name);
    this.type = type;
    this.defaultValue = defaultValue == null ? null : type.codec().encode(defaultValue);
  }

  public ValueStateDescriptor(String name, Class<T> type) {
    this(name, Types.of(type));
  }

  public ValueStateDescriptor(String name, Class<T> type, @Nullable T defaultValue) {
    this(name, Types.of(type), defaultValue);
  }

  /** Returns the type of the value. */
  public TypeInformation<T> getType() {
    return type;
  }

  /** Returns a fresh copy of the default, or null when there is none. */
  public @Nullable T getDefaultValue() {
    return defaultValue == null ? null : type.codec().decode(defaultValue);
  }

  @Override
  public String describe() {
    return "ValueState<" + type.describe() + ">";
  }
}
