package dev.keyling.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of a stored entry as people read them. */
final class EntryLine {
  private EntryLine() {}

  /** Names what the entry is of: a state, or the timer itself. */
  static String title(Map<String, ? extends @Nullable Object> words) {
    for (String wakeUp : List.of("timer", "sweep")) {
      if (words.containsKey(wakeUp)) {
        return "%s %s at %s".formatted(wakeUp, words.get(wakeUp), words.get("at"));
      }
    }
    if (words.containsKey("agedState")) {
      return "time to live of " + words.get("agedState");
    }
    Object namespace = words.get("namespace");
    return words.get("kind")
        + " "
        + words.get("state")
        + (namespace == null ? "" : "@" + namespace);
  }

  /** Names the entry: its title, and which entry of a map or chunk of a list it is. */
  static String name(Map<String, ? extends @Nullable Object> words) throws JsonProcessingException {
    if (isMapEntry(words)) {
      return title(words) + " " + Json.line(words.get("key"));
    }
    return words.containsKey("chunk")
        ? title(words) + ", chunk " + words.get("chunk")
        : title(words);
  }

  static boolean isMapEntry(Map<String, ? extends @Nullable Object> words) {
    return words.containsKey("key");
  }

  /** Returns the elements of a chunk of a list; empty if it is none. */
  static List<Map<String, ? extends @Nullable Object>> elements(
      Map<String, ? extends @Nullable Object> words) {
    List<Map<String, ? extends @Nullable Object>> elements = new ArrayList<>();
    if (words.get("elements") instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> map) {
          @SuppressWarnings("unchecked") // it was made so
          Map<String, ? extends @Nullable Object> each =
              (Map<String, ? extends @Nullable Object>) map;
          elements.add(each);
        }
      }
    }
    return elements;
  }

  /** Returns the value with a sign before it, and when it was stamped; empty for timers. */
  static String value(Map<String, ? extends @Nullable Object> words)
      throws JsonProcessingException {
    if (words.containsKey("elements")) {
      return list(elements(words));
    }
    if (!words.containsKey("value")) {
      return "";
    }
    return " = " + Json.line(words.get("value")) + stamp(words);
  }

  /** Returns the elements of a list, with a sign before them. */
  static String list(List<Map<String, ? extends @Nullable Object>> elements)
      throws JsonProcessingException {
    List<String> values = new ArrayList<>();
    for (Map<String, ? extends @Nullable Object> element : elements) {
      values.add(Json.line(element.get("value")) + stamp(element));
    }
    return " = [" + String.join(", ", values) + "]";
  }

  private static String stamp(Map<String, ? extends @Nullable Object> words) {
    return words.containsKey("stamp") ? " (used " + words.get("stamp") + ")" : "";
  }
}
