package dev.keyling.persistence.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says what a stored value looks like: {@code object {user: string, amount: int}}. CBOR names its
 * fields and the kinds of their values, so no class is needed.
 */
final class CborInWords {
  private static final int MOST_FIELDS = 20;
  private static final int DEEPEST = 4;

  private final JsonParser parser;
  private final StringBuilder words = new StringBuilder();

  private CborInWords(JsonParser parser) {
    this.parser = parser;
  }

  static String of(JsonParser parser) {
    CborInWords description = new CborInWords(parser);
    try (parser) {
      description.value(parser.nextToken(), 1);
    } catch (IOException e) {
      description.words.append("… and then bytes that are no CBOR");
    }
    return description.words.toString();
  }

  private void value(@Nullable JsonToken token, int depth) throws IOException {
    if (token == null) {
      words.append("nothing");
    } else if (token.isStructStart() && depth > DEEPEST) {
      parser.skipChildren();
      words.append(token == JsonToken.START_OBJECT ? "object {…}" : "list of …");
    } else if (token == JsonToken.START_OBJECT) {
      fields(depth);
    } else if (token == JsonToken.START_ARRAY) {
      elements(depth);
    } else {
      words.append(scalar(token));
    }
  }

  private void fields(int depth) throws IOException {
    words.append("object {");
    int count = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (count < MOST_FIELDS) {
        words.append(count == 0 ? "" : ", ").append(name).append(": ");
        value(token, depth + 1);
      } else {
        words.append(count == MOST_FIELDS ? ", …" : "");
        parser.skipChildren();
      }
      count++;
    }
    words.append('}');
  }

  /** A list is described by its first element. */
  private void elements(int depth) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.END_ARRAY) {
      words.append("empty list");
      return;
    }
    words.append("list of ");
    value(first, depth + 1);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == null) {
        return; // cut off
      }
      parser.skipChildren();
    }
  }

  private String scalar(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> "string";
      case VALUE_TRUE, VALUE_FALSE -> "boolean";
      case VALUE_NULL -> "null";
      case VALUE_EMBEDDED_OBJECT -> "bytes";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          parser.getNumberType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      default -> token.name().toLowerCase(Locale.ROOT);
    };
  }
}
