package dev.keyling.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes records as JSON: fields in the order of the record, instants in ISO-8601. */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private static final CBORMapper CBOR = new CBORMapper();

  private Json() {}

  /** Returns what a codec provider has encoded, whose bytes describe themselves. */
  static Object ofCbor(byte[] bytes) {
    try {
      return CBOR.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a value that is no CBOR", e);
    }
  }

  static String line(@Nullable Object value) throws JsonProcessingException {
    return MAPPER.writeValueAsString(value);
  }

  /** The same on several lines, for people. */
  static String pretty(Object value) throws JsonProcessingException {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }
}
