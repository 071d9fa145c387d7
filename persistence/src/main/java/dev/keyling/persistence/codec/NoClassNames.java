package dev.keyling.persistence.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;

/** Refuses class names in stored data, wherever an annotation would have Jackson read them. */
final class NoClassNames extends PolymorphicTypeValidator.Base {
  static final String REASON =
      "class names would let stored data decide which class is loaded; use"
          + " @JsonTypeInfo(use = NAME) and @JsonSubTypes";

  private static final long serialVersionUID = 1;

  @Override
  public Validity validateBaseType(MapperConfig<?> config, JavaType baseType) {
    throw new IllegalArgumentException("for " + baseType.toCanonical() + ": " + REASON);
  }
}
