package dev.keyling.persistence.leveldb.database;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Settings of the embedded store; {@code keyling.persistence.leveldb} in reference.conf says why
 * each exists.
 *
 * @param dir directory of the store
 * @param owner name of whom the store belongs to, such as the dataflow; empty for anybody
 * @param keyGroups number of key groups per step
 * @param writeBufferBytes size of LevelDB's write buffer
 * @param cacheBytes size of LevelDB's block cache
 * @param maxBatchBytes most bytes that are gathered into one batch
 * @param maxWaitingBytes most bytes that wait to be written before those who can wait do
 * @param minFreeBytes bytes that stay free on the disk
 * @param compactAfter how long after deletions their space is given back
 */
public record LevelDbSettings(
    Path dir,
    String owner,
    int keyGroups,
    int writeBufferBytes,
    long cacheBytes,
    long maxBatchBytes,
    long maxWaitingBytes,
    long minFreeBytes,
    Duration compactAfter) {

  /**
   * Reads {@code keyling.persistence.leveldb} of the whole configuration of a system.
   *
   * @throws StoreException if no directory is set
   */
  public static LevelDbSettings from(Config system) {
    Config config = system.getConfig("keyling.persistence.leveldb");
    if (config.getString("dir").isEmpty()) {
      throw new StoreException(
          "no directory for the store: set keyling.persistence.leveldb.dir in application.conf");
    }
    return new LevelDbSettings(
        Path.of(config.getString("dir")),
        config.getString("owner"),
        config.getInt("key-groups"),
        Math.toIntExact(config.getBytes("write-buffer")),
        config.getBytes("cache"),
        config.getBytes("max-batch"),
        config.getBytes("max-waiting"),
        config.getBytes("min-free-space"),
        config.getDuration("compact-after"));
  }

  /**
   * Reads the {@code durability} of a plugin.
   *
   * @throws StoreException if it is not one
   */
  public static Durability durability(Config plugin) {
    String setting = plugin.getString("durability");
    return switch (setting) {
      case "os" -> Durability.OS;
      case "disk" -> Durability.DISK;
      default ->
          throw new StoreException(
              "durability is \""
                  + setting
                  + "\" in "
                  + plugin.origin().description()
                  + ": write os or disk");
    };
  }

  /** Returns settings with the defaults of reference.conf for everything but these. */
  public static LevelDbSettings of(Path dir, String owner, int keyGroups) {
    Map<String, Object> given =
        Map.of("dir", dir.toString(), "owner", owner, "key-groups", keyGroups);
    return from(
        ConfigFactory.parseMap(Map.of("keyling.persistence.leveldb", given))
            .withFallback(ConfigFactory.defaultReference(LevelDbSettings.class.getClassLoader())));
  }
}
