package dev.keyling.docs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a {@code reference.conf}.
 *
 * @param own keys that our own code has to read
 * @param keys all of them
 * @param plugins the classes of the plugins that are configured here
 */
record Settings(List<String> own, List<String> keys, List<String> plugins) {

  static Settings of(Path file) {
    Settings settings = new Settings(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Config config = ConfigFactory.parseFile(file.toFile()).resolve();
    settings.walk("", config.root(), Set.of());
    return settings;
  }

  /** Walks the tree; {@code foreign} are keys of this object that Pekko reads itself. */
  private void walk(String path, ConfigObject object, Set<String> foreign) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String key = path + ConfigUtil.quoteString(entry.getKey()).replace("\"", "");
      if (foreign.contains(entry.getKey())) {
        keys.add(key);
      } else if (entry.getValue() instanceof ConfigObject inner) {
        if (!isDispatcher(inner)) {
          walk(key + ".", inner, isPlugin(inner) ? readByPekko() : Set.of());
        }
      } else {
        keys.add(key);
        own.add(key);
      }
    }
  }

  private static boolean isDispatcher(ConfigObject object) {
    return object.containsKey("executor");
  }

  private boolean isPlugin(ConfigObject object) {
    boolean plugin = object.containsKey("class");
    if (plugin) {
      plugins.add(object.toConfig().getString("class"));
    }
    return plugin;
  }

  /** What Pekko reads of every journal plugin. */
  private static Set<String> readByPekko() {
    return ConfigFactory.defaultReference()
        .getConfig("pekko.persistence.journal-plugin-fallback")
        .root()
        .keySet();
  }
}
