package dev.keyling.persistence.savepoint;

import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.keyling.KeyView;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryText;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a key holds, readable without the classes of the program. */
public final class ImageText {
  private static final CBORMapper CBOR = new CBORMapper();
  private static final EntryText TEXT = new EntryText(ImageText::object);

  private final Map<String, Object> states = new TreeMap<>();
  private final Map<String, Instant> lastAccess = new TreeMap<>();
  private final List<KeyView.Timer> timers = new ArrayList<>();
  private final List<KeyView.Timer> sweeps = new ArrayList<>();

  private ImageText() {}

  private static Object object(byte[] bytes) {
    try {
      return CBOR.readValue(bytes, Object.class);
    } catch (IOException e) {
      throw new UncheckedIOException("a value that is no CBOR", e);
    }
  }

  /** Returns the entries of an image one by one, each as a map that can be written as JSON. */
  public static List<Map<String, @Nullable Object>> entries(Image image) {
    List<Map<String, @Nullable Object>> entries = new ArrayList<>();
    image.entries().forEach((key, value) -> entries.add(TEXT.read(key, value.bytes())));
    return entries;
  }

  /**
   * Returns the view of a key. A value of a class of the program is a map of its fields, bytes are
   * in hex; so are values of map states by their keys' text.
   */
  static KeyView view(String dataflow, String step, Object key, Image image) {
    ImageText text = new ImageText();
    image.entries().forEach(text::add);
    return new KeyView(dataflow, step, key, text.states, text.lastAccess, text.timers, text.sweeps);
  }

  private void add(EntryKey entry, EntryValue value) {
    if (entry.isWakeUp()) {
      (entry.isSweep() ? sweeps : timers).add(new KeyView.Timer(entry.domain(), entry.time()));
    } else if (entry.isState()) {
      state(TEXT.read(entry, value.bytes()));
    }
  }

  private void state(Map<String, @Nullable Object> entry) {
    Object namespace = entry.get("namespace");
    String name = entry.get("state") + (namespace == null ? "" : "@" + namespace);
    if (entry.get("elements") instanceof List<?> elements) {
      elements.forEach(
          element -> {
            if (element instanceof Map<?, ?> each) {
              list(name).add(each.get("value"));
              stamped(name, each.get("stampMs"));
            }
          });
      return;
    }
    Object value = entry.get("value");
    if (entry.containsKey("key")) {
      map(name).put(String.valueOf(entry.get("key")), value);
    } else if (value != null) {
      states.put(name, value);
    }
    stamped(name, entry.get("stampMs"));
  }

  @SuppressWarnings("unchecked") // all of one state is of one kind
  private List<@Nullable Object> list(String name) {
    return (List<@Nullable Object>) states.computeIfAbsent(name, n -> new ArrayList<>());
  }

  @SuppressWarnings("unchecked") // all of one state is of one kind
  private Map<String, @Nullable Object> map(String name) {
    return (Map<String, @Nullable Object>) states.computeIfAbsent(name, n -> new LinkedHashMap<>());
  }

  private void stamped(String name, @Nullable Object stampMs) {
    if (stampMs instanceof Long ms) {
      Instant stamp = Instant.ofEpochMilli(ms);
      lastAccess.merge(name, stamp, (a, b) -> a.isAfter(b) ? a : b);
    }
  }
}
