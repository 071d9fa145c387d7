package dev.keyling.persistence.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import com.fasterxml.jackson.databind.annotation.JsonTypeResolver;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which subclasses a type has, told apart by the names that the program gives them. */
final class NamedSubtypes {
  private final DeserializationConfig config;

  NamedSubtypes(DeserializationConfig config) {
    this.config = config;
  }

  private AnnotatedClass annotationsOf(JavaType type) {
    return config.introspectClassAnnotations(type).getClassInfo();
  }

  /** Tells whether values of the type are told apart from those of its subclasses. */
  boolean areTold(JavaType type) {
    return typing(annotationsOf(type)).isPresent();
  }

  boolean areTold(AnnotatedMember field) {
    return typing(field).isPresent();
  }

  /** Says why the way that the annotations of a type choose is refused; null if it is not. */
  @Nullable String objection(JavaType type) {
    return objection(annotationsOf(type));
  }

  /** Says why the way that an annotation chooses is refused; null if it is not. */
  @Nullable String objection(Annotated annotated) {
    if (annotated.hasAnnotation(JsonTypeIdResolver.class)
        || annotated.hasAnnotation(JsonTypeResolver.class)) {
      return "a resolver of its own, and so " + NoClassNames.REASON;
    }
    return typing(annotated)
        .filter(use -> use != JsonTypeInfo.Id.NAME)
        .map(
            use ->
                use == JsonTypeInfo.Id.CLASS || use == JsonTypeInfo.Id.MINIMAL_CLASS
                    ? NoClassNames.REASON
                    : "what @JsonTypeInfo(use = %s) goes by changes with the classes; use NAME instead"
                        .formatted(use))
        .orElse(null);
  }

  private static Optional<JsonTypeInfo.Id> typing(Annotated annotated) {
    return Optional.ofNullable(annotated.getAnnotation(JsonTypeInfo.class))
        .map(JsonTypeInfo::use)
        .filter(use -> use != JsonTypeInfo.Id.NONE);
  }

  /** Returns the subclasses that are named, and the type itself if it is. */
  List<JavaType> of(JavaType type) {
    return types(
        type,
        config.getSubtypeResolver().collectAndResolveSubtypesByTypeId(config, annotationsOf(type)));
  }

  /** Returns the subclasses that are named at a field, or at its type. */
  List<JavaType> of(AnnotatedMember field, JavaType type) {
    return types(
        type, config.getSubtypeResolver().collectAndResolveSubtypesByTypeId(config, field, type));
  }

  private List<JavaType> types(JavaType base, Collection<NamedType> named) {
    List<JavaType> types = new ArrayList<>();
    for (NamedType each : named) {
      types.add(config.getTypeFactory().constructSpecializedType(base, each.getType()));
    }
    return types;
  }
}
