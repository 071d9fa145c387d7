package dev.keyling.examples.cli;

import dev.keyling.kernel.KeyText;
import dev.keyling.persistence.GroupAddress;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way to read the text of a key, and where the store would have that key.
 *
 * @param type what the text is read as
 * @param key its stored form
 */
@SuppressWarnings("ArrayRecordComponent")
record KeyPlace(String type, byte[] key, GroupAddress group) {

  /** Returns it for people. */
  String title() {
    return "dataflow %s, step %s, key %s, key group %d"
        .formatted(group.dataflow(), group.step(), KeyText.describe(key), group.group());
  }

  /** Returns it as it is written as JSON; may be added to. */
  Map<String, @Nullable Object> words() {
    Map<String, @Nullable Object> words = new LinkedHashMap<>();
    words.put("dataflow", group.dataflow());
    words.put("step", group.step());
    words.put("keyGroup", group.group());
    words.put("key", KeyText.describe(key));
    words.put("keyReadAs", type);
    words.put("storedKey", HexFormat.of().formatHex(key));
    return words;
  }
}
