package dev.keyling.state;

/** Describes a {@link ListState}. */
public final class ListStateDescriptor<T> extends StateDescriptor<ListState<T>> {
  private final TypeInformation<T> elementType;

  public ListStateDescriptor(String name, TypeInformation<T> elementType) {
    super(name);
    this.elementType = elementType;
  }

  public ListStateDescriptor(String name, Class<T> elementType) {
    this(name, Types.of(elementType));
  }

  /** Returns the type of one element. */
  public TypeInformation<T> getElementType() {
    return elementType;
  }

  @Override
  public String describe() {
    return "ListState<" + elementType.describe() + ">";
  }
}
