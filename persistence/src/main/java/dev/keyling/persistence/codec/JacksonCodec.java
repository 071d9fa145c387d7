package dev.keyling.persistence.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import dev.keyling.state.Codec;
import dev.keyling.state.StoredType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Values of one declared type, as CBOR. */
final class JacksonCodec<T> implements Codec<T> {
  private static final StoredType OBJECT = StoredType.of(StoredType.Form.OBJECT);

  private final String type;
  private final Class<?> raw;

  /** Whether only the fields of the declared class would be stored, even of a subclass. */
  private final boolean plainBean;

  private final ObjectWriter writer;
  private final ObjectReader reader;

  JacksonCodec(ObjectMapper mapper, JavaType bound, String type) {
    this.type = type;
    this.raw = bound.getRawClass();
    this.plainBean = isPlainBean(mapper, bound);
    this.writer = mapper.writerFor(bound);
    this.reader = mapper.readerFor(bound);
  }

  private static boolean isPlainBean(ObjectMapper mapper, JavaType bound) {
    try {
      return mapper.getSerializerProviderInstance().findTypedValueSerializer(bound, true, null)
          instanceof BeanSerializerBase;
    } catch (JsonMappingException e) {
      throw cannotStore(bound.toCanonical(), e);
    }
  }

  @Override
  public byte[] encode(T value) {
    if (plainBean ? value.getClass() != raw : !raw.isInstance(value)) {
      throw new IllegalArgumentException(
          "a value of class %s cannot be stored as one of type %s; declare its own type"
              .formatted(value.getClass().getTypeName(), type));
    }
    try {
      return writer.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw cannotStore(type, e);
    }
  }

  @Override
  public StoredType storedType() {
    return OBJECT;
  }

  @Override
  public T decode(byte[] bytes) {
    T value = read(bytes);
    if (value == null) {
      throw new IllegalArgumentException("not of type " + type + ": null");
    }
    return value;
  }

  private @Nullable T read(byte[] bytes) {
    try {
      return reader.readValue(bytes);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not of type " + type + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("not of type " + type + ": " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException cannotStore(String type, JsonProcessingException e) {
    return new IllegalArgumentException(
        "values of type " + type + " cannot be stored: " + e.getOriginalMessage(), e);
  }
}
