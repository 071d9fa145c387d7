package dev.keyling.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyling.KeyView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a key holds as JSON of one form, whether a view of it or a dump says so. */
final class DumpedView {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DumpedView() {}

  /** Returns a view as JSON of maps and lists. */
  static JsonNode of(KeyView view) throws IOException {
    Map<String, Long> stamps = new TreeMap<>();
    view.lastAccess().forEach((state, time) -> stamps.put(state, time.toEpochMilli()));
    return tree(
        Map.of(
            "states", view.states(),
            "stamps", stamps,
            "timers", view.timers(),
            "sweeps", view.sweeps()));
  }

  /** Returns the entries of a dump, put together as in a view. */
  static JsonNode of(JsonNode entries) throws IOException {
    Map<String, Object> states = new TreeMap<>();
    Map<String, Long> stamps = new TreeMap<>();
    Map<String, List<Object>> wakeUps =
        Map.of("timer", new ArrayList<>(), "sweep", new ArrayList<>());
    for (JsonNode entry : entries) {
      String state = entry.path("state").asText();
      if (!entry.has("state")) {
        String kind = entry.has("timer") ? "timer" : "sweep";
        wakeUps.get(kind).add(Map.of("domain", entry.get(kind), "time", entry.get("atMs")));
      } else if (entry.has("elements")) {
        List<JsonNode> list = list(states.computeIfAbsent(state, name -> new ArrayList<>()));
        list.addAll(entry.get("elements").findValues("value"));
      } else if (entry.has("key")) {
        map(states.computeIfAbsent(state, name -> new LinkedHashMap<>()))
            .put(entry.get("key").asText(), entry.get("value"));
      } else {
        states.put(state, entry.get("value"));
      }
      if (entry.has("stampMs")) {
        stamps.put(state, entry.get("stampMs").asLong());
      }
    }
    return tree(
        Map.of(
            "states",
            states,
            "stamps",
            stamps,
            "timers",
            wakeUps.get("timer"),
            "sweeps",
            wakeUps.get("sweep")));
  }

  @SuppressWarnings("unchecked")
  private static List<JsonNode> list(Object list) {
    return (List<JsonNode>) list;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, JsonNode> map(Object map) {
    return (Map<String, JsonNode>) map;
  }

  private static JsonNode tree(Object value) throws IOException {
    return JSON.readTree(JSON.writeValueAsBytes(value));
  }
}
