package dev.keyling.state;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Captures a generic type: {@code new TypeHint<Map<String, List<Payment>>>() {}}.
 *
 * @param <T> the type, without type variables
 */
public abstract class TypeHint<T> {
  private final Type type;

  protected TypeHint() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType superclass)) {
      throw new IllegalArgumentException("write the type out: new TypeHint<List<String>>() {}");
    }
    this.type = superclass.getActualTypeArguments()[0];
  }

  /** Returns the captured type. */
  public final Type getType() {
    return type;
  }
}
