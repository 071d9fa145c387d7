package dev.keyling.state;

/** Describes a {@link MapState}. */
public final class MapStateDescriptor<UK, UV> extends StateDescriptor<MapState<UK, UV>> {
  private final TypeInformation<UK> keyType;
  private final TypeInformation<UV> valueType;

  public MapStateDescriptor(
      String name, TypeInformation<UK> keyType, TypeInformation<UV> valueType) {
    super(name);
    this.keyType = keyType;
    this.valueType = valueType;
  }

  public MapStateDescriptor(String name, Class<UK> keyType, Class<UV> valueType) {
    this(name, Types.of(keyType), Types.of(valueType));
  }

  /** Returns the type of the map's keys. */
  public TypeInformation<UK> getKeyType() {
    return keyType;
  }

  /** Returns the type of the map's values. */
  public TypeInformation<UV> getValueType() {
    return valueType;
  }

  @Override
  public String describe() {
    return "MapState<" + keyType.describe() + ", " + valueType.describe() + ">";
  }
}
