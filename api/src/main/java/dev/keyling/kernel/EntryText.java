package dev.keyling.kernel;

import dev.keyling.bytes.ByteReader;
import dev.keyling.kernel.EntryKey.StateParts;
import dev.keyling.state.StoredType;
import dev.keyling.state.StoredType.Form;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stored entries as maps, lists, texts and numbers, for tools that do not have the classes they
 * were made from. What the stored types do not tell is given as bytes in hex.
 */
public final class EntryText {
  private final Function<byte[], @Nullable Object> objects;

  /**
   * Makes a reader.
   *
   * @param objects reads what a codec provider has encoded, whose bytes describe themselves
   */
  public EntryText(Function<byte[], @Nullable Object> objects) {
    this.objects = objects;
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException if it is not in the stored format
   */
  public Map<String, @Nullable Object> read(EntryKey key, byte[] value) {
    Map<String, @Nullable Object> text = new LinkedHashMap<>();
    if (key.isWakeUp()) {
      text.put(key.isSweep() ? "sweep" : "timer", key.domain().toString());
      putTime(text, "at", key.time());
    } else if (key.isAgedState()) {
      text.put("agedState", key.agedState());
      text.put("value", hex(value));
    } else {
      state(key.stateParts(), value, text);
    }
    return text;
  }

  /**
   * Names an entry that was removed.
   *
   * @param sibling the value of any entry of the same state, which tells how the key of a map entry
   *     is to be read; null if there is none: the key is then given as bytes in hex
   */
  public Map<String, @Nullable Object> name(EntryKey key, byte @Nullable [] sibling) {
    Map<String, @Nullable Object> text = new LinkedHashMap<>();
    if (!key.isState()) {
      text.putAll(read(key, EntryKey.NOTHING));
      text.remove("value");
      return text;
    }
    StateParts parts = key.stateParts();
    name(parts, text);
    if (!parts.kind().isList() && parts.entry().length > 0) {
      Map<String, @Nullable Object> like = new LinkedHashMap<>();
      if (sibling != null) {
        value(sibling, parts.entry(), like);
      }
      text.put("key", like.getOrDefault("key", hex(parts.entry())));
    }
    return text;
  }

  private static void name(StateParts parts, Map<String, @Nullable Object> text) {
    text.put("state", parts.name());
    text.put("kind", parts.kind().inWords);
    if (parts.namespace().length > 0) {
      text.put("namespace", hex(parts.namespace()));
    }
    if (parts.kind().isList()) {
      text.put("chunk", new ByteReader(parts.entry()).readLong());
    }
  }

  private void state(StateParts parts, byte[] value, Map<String, @Nullable Object> text) {
    name(parts, text);
    if (parts.kind().isList()) {
      text.put("elements", elements(value));
      return;
    }
    value(value, parts.entry(), text);
  }

  private List<Object> elements(byte[] chunk) {
    ByteReader reader = new ByteReader(chunk);
    reader.readByte();
    List<Object> elements = new ArrayList<>();
    for (int count = reader.readVarInt(); count > 0; count--) {
      Map<String, @Nullable Object> element = new LinkedHashMap<>();
      value(reader.readBytes(), EntryKey.NOTHING, element);
      elements.add(element);
    }
    return elements;
  }

  private void value(byte[] bytes, byte[] mapKey, Map<String, @Nullable Object> text) {
    ByteReader reader = new ByteReader(bytes);
    int flags = reader.readByte() & 0xff;
    long stamp = (flags & EntryValue.STAMPED) == 0 ? EntryValue.NO_STAMP : reader.readLong();
    StoredType type = StoredType.read(flags >>> EntryValue.TYPE, reader);
    boolean isEntry = type.form() == Form.ENTRY;
    if (mapKey.length > 0 || isEntry) {
      text.put("key", isEntry ? read(type.parts().get(0), mapKey) : hex(mapKey));
    }
    StoredType own = isEntry ? type.parts().get(1) : type;
    text.put("type", own.describe());
    boolean isNull = (flags & EntryValue.NULL) != 0;
    text.put("value", isNull ? null : read(own, reader.readRemaining()));
    if (stamp != EntryValue.NO_STAMP) {
      putTime(text, "stamp", stamp);
    }
  }

  private @Nullable Object read(StoredType type, byte[] bytes) {
    return switch (type.form()) {
      case STRING -> decode(Types.STRING, bytes);
      case LONG -> decode(Types.LONG, bytes);
      case INT -> decode(Types.INT, bytes);
      case DOUBLE -> decode(Types.DOUBLE, bytes);
      case BOOLEAN -> decode(Types.BOOLEAN, bytes);
      case INSTANT -> decode(Types.INSTANT, bytes).toString();
      case DURATION -> decode(Types.DURATION, bytes).toString();
      case UUID -> decode(Types.UUID, bytes).toString();
      case ENUM -> new String(bytes, StandardCharsets.UTF_8);
      case LIST -> list(type.parts().get(0), new ByteReader(bytes));
      case MAP -> map(type, new ByteReader(bytes));
      case OBJECT -> objects.apply(bytes);
      case BYTES, UNKNOWN, ENTRY -> hex(bytes);
    };
  }

  private List<@Nullable Object> list(StoredType element, ByteReader reader) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int count = reader.readVarInt(); count > 0; count--) {
      list.add(element(element, reader));
    }
    return Collections.unmodifiableList(list);
  }

  private List<Object> map(StoredType type, ByteReader reader) {
    List<Object> entries = new ArrayList<>();
    for (int count = reader.readVarInt(); count > 0; count--) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("key", element(type.parts().get(0), reader));
      entry.put("value", element(type.parts().get(1), reader));
      entries.add(entry);
    }
    return entries;
  }

  private @Nullable Object element(StoredType type, ByteReader reader) {
    int length = reader.readVarInt();
    return length == 0 ? null : read(type, reader.readRaw(length - 1));
  }

  private static <T> T decode(TypeInformation<T> type, byte[] bytes) {
    return type.codec().decode(bytes);
  }

  private static void putTime(Map<String, @Nullable Object> text, String name, long ms) {
    text.put(name, inWords(ms));
    text.put(name + "Ms", ms);
  }

  /** The ends of time are beyond what an instant's text can say. */
  private static String inWords(long ms) {
    return ms == Long.MAX_VALUE ? "never" : Instant.ofEpochMilli(ms).toString();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
