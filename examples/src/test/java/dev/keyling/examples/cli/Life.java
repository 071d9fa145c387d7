package dev.keyling.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Does again to an empty key what a history says. */
final class Life {
  private Life() {}

  /** Returns what the key holds after these commits, in the form of {@link DumpedView}. */
  static JsonNode after(List<JsonNode> commits) throws IOException {
    SortedMap<String, JsonNode> image = new TreeMap<>();
    for (JsonNode commit : commits) {
      commit.get("set").forEach(entry -> image.put(name(entry), entry));
      commit.get("removed").forEach(entry -> image.remove(name(entry)));
    }
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    image.values().forEach(entries::add);
    return DumpedView.of(entries);
  }

  /** Names of one domain, or of the chunks of one list, are in the order of their numbers. */
  private static String name(JsonNode entry) {
    return entry.path("state").asText()
        + entry.path("timer").asText()
        + entry.path("sweep").asText(" ")
        + entry.path("key").asText()
        + "%020d".formatted(entry.path("chunk").asLong() + entry.path("atMs").asLong());
  }
}
