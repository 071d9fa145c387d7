package dev.keyling.persistence.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyling.state.Codec;
import dev.keyling.state.CodecProvider;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stores values as CBOR by means of Jackson, bound to the declared type: its fields, whatever their
 * visibility, except transient ones; Jackson's annotations apply. No class names are stored: what
 * is stored never decides which class is loaded.
 *
 * <p>What can be read later: a field that is gone is ignored, a new one is null, 0, false or an
 * empty {@code Optional}; {@code @JsonAlias} names what a field was called before; an int has
 * become a long. Anything else is refused. Maps and sets inside of a value are stored sorted, so
 * they come back in that order. An object of a subclass that a field or an element holds comes back
 * as what the field declares.
 *
 * <p>Thread-safe.
 */
public final class JacksonCodecProvider implements CodecProvider {
  private static final ObjectMapper MAPPER = Cbor.mapper();
  private static final Map<Type, Codec<?>> CODECS = new ConcurrentHashMap<>();

  @Override
  public Codec<?> codecFor(Type type) {
    return CODECS.computeIfAbsent(type, JacksonCodecProvider::make);
  }

  @Override
  public String describe(byte[] stored) {
    try {
      return CborInWords.of(MAPPER.createParser(stored));
    } catch (IOException e) {
      return "object that cannot be read";
    }
  }

  private static Codec<?> make(Type type) {
    JavaType bound = MAPPER.constructType(type);
    new StorableCheck(MAPPER, type.getTypeName()).check(bound);
    return new JacksonCodec<>(MAPPER, bound, type.getTypeName());
  }
}
