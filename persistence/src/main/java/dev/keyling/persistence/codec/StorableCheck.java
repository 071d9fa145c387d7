package dev.keyling.persistence.codec;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.CreatorProperty;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.ser.impl.UnknownSerializer;
import com.fasterxml.jackson.databind.util.ClassUtil;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, before the first value is stored, whether Jackson can write and read a type. It looks
 * into fields, elements and map entries too, but not behind annotations that say how to read them.
 */
final class StorableCheck {
  private static final String CONSTRUCTOR =
      "it needs a constructor without parameters, or one whose parameters are its fields (compiled"
          + " with -parameters)";

  private final DeserializationContext context;
  private final SerializerProvider writes;
  private final String type;
  private final NamedSubtypes subtypes;
  private final Set<JavaType> seen = new HashSet<>();

  StorableCheck(ObjectMapper mapper, String type) {
    this.writes = mapper.getSerializerProviderInstance();
    this.context =
        ((DefaultDeserializationContext) mapper.getDeserializationContext())
            .createDummyInstance(mapper.getDeserializationConfig());
    this.subtypes = new NamedSubtypes(mapper.getDeserializationConfig());
    this.type = type;
  }

  /** Throws {@link IllegalArgumentException} if the type, or a part of it, cannot be stored. */
  void check(JavaType part) {
    if (!seen.add(part)) {
      return;
    }
    requireNoObjection(part, subtypes.objection(part));
    if (subtypes.areTold(part)) {
      checkAll(part, subtypes.of(part));
      return;
    }
    checkItself(part);
  }

  private void requireNoObjection(JavaType part, @Nullable String objection) {
    if (objection != null) {
      throw refused(part, objection);
    }
  }

  /** Checks the classes that values of a type may have. */
  private void checkAll(JavaType part, List<JavaType> classes) {
    for (JavaType each : classes) {
      boolean first = seen.add(each) || each.equals(part);
      if (first && each.isConcrete()) {
        checkItself(each);
      }
    }
  }

  private void checkItself(JavaType part) {
    try {
      JsonDeserializer<?> reads = context.findNonContextualValueDeserializer(part);
      if (part.isContainerType() || part.isReferenceType()) {
        check(part.getContentType());
      } else if (reads instanceof BeanDeserializerBase bean) {
        checkBean(part, bean);
      } else if (part.isJavaLangObject() || part.hasRawClass(Number.class)) {
        throw refused(part, "it does not say of which class values are");
      } else if (reads instanceof AbstractDeserializer) {
        throw refused(
            part,
            "it is abstract; name its classes with @JsonTypeInfo(use = NAME) and @JsonSubTypes");
      }
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause();
      throw refused(
          part,
          cause == null
              ? e.getOriginalMessage()
              : Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
    }
  }

  private void checkBean(JavaType part, BeanDeserializerBase bean) throws JsonMappingException {
    if (ClassUtil.isJDKClass(part.getRawClass())) {
      throw refused(part, "Jackson does not know this class of the JDK");
    }
    if (!bean.getValueInstantiator().canInstantiate()) {
      throw refused(part, CONSTRUCTOR);
    }
    Set<String> written = written(part);
    for (Iterator<SettableBeanProperty> all = bean.properties(); all.hasNext(); ) {
      SettableBeanProperty property = all.next();
      boolean lost = property instanceof CreatorProperty && !written.contains(property.getName());
      if (lost && !property.isIgnorable() && property.getInjectableValueId() == null) {
        throw refused(part, CONSTRUCTOR + ": " + property.getName() + " is not a field");
      }
      checkProperty(part, property);
    }
  }

  private void checkProperty(JavaType part, SettableBeanProperty property) {
    AnnotatedMember field = property.getMember();
    JavaType held = property.getType();
    requireNoObjection(part, subtypes.objection(field));
    if (subtypes.areTold(field)) {
      JavaType element = held.isContainerType() ? held.getContentType() : held;
      checkAll(element, subtypes.of(field, element));
    } else if (property.getAnnotation(JsonDeserialize.class) == null) {
      check(held);
    }
  }

  private Set<String> written(JavaType part) throws JsonMappingException {
    JsonSerializer<?> serializer = writes.findValueSerializer(part);
    if (serializer instanceof UnknownSerializer) {
      throw refused(part, "it has no fields");
    }
    Set<String> names = new HashSet<>();
    serializer.properties().forEachRemaining(property -> names.add(property.getName()));
    return names;
  }

  private IllegalArgumentException refused(JavaType part, String reason) {
    String partName = part.toCanonical();
    return new IllegalArgumentException(
        "values of type %s cannot be stored: %s%s"
            .formatted(type, partName.equals(type) ? "" : "for " + partName + ": ", reason));
  }
}
