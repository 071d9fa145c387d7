package dev.keyling.actors;

import com.typesafe.config.Config;
import java.time.Duration;

/** Settings under {@code keyling.actors}; their meaning is in reference.conf. */
public record ActorsSettings(
    String dispatcher,
    String ioDispatcher,
    String recoveryDispatcher,
    int maxRecoveries,
    int maxLiveKeys,
    Duration ownActorAfter,
    int commitPartBytes,
    long flushBytes,
    long maxUnflushed,
    Duration flushInterval,
    Duration maxTimerSleep,
    int maxWaiting) {

  /** What a key that is awake takes of the heap, with what is known of it around it. */
  private static final long LIVE_KEY = 1536;

  private static final long MAX_FLUSH = 64L << 20;
  private static final long MIN_FLUSH = 1L << 20;

  /** Reads the settings; what is "auto" follows the largest heap of this JVM. */
  public static ActorsSettings from(Config root) {
    return from(root, Runtime.getRuntime().maxMemory());
  }

  static ActorsSettings from(Config root, long heap) {
    Config config = root.getConfig("keyling.actors");
    return new ActorsSettings(
        config.getString("dispatcher-id"),
        config.getString("io-dispatcher-id"),
        config.getString("recovery-dispatcher-id"),
        config.getInt("max-recoveries"),
        isAuto(config, "max-live-keys")
            ? (int) Math.min(Integer.MAX_VALUE, heap / 6 / LIVE_KEY)
            : config.getInt("max-live-keys"),
        config.getDuration("own-actor-after"),
        Math.toIntExact(config.getBytes("commit-part-size")),
        isAuto(config, "flush-size")
            ? Math.max(MIN_FLUSH, Math.min(MAX_FLUSH, heap / 128))
            : config.getBytes("flush-size"),
        isAuto(config, "max-unflushed") ? heap / 10 : config.getBytes("max-unflushed"),
        config.getDuration("flush-interval"),
        config.getDuration("max-timer-sleep"),
        config.getInt("max-waiting-batches"));
  }

  /** Returns the same settings, by which each key has an actor of its own. */
  public ActorsSettings withOwnActors() {
    return new ActorsSettings(
        dispatcher,
        ioDispatcher,
        recoveryDispatcher,
        maxRecoveries,
        maxLiveKeys,
        Duration.ZERO,
        commitPartBytes,
        flushBytes,
        maxUnflushed,
        flushInterval,
        maxTimerSleep,
        maxWaiting);
  }

  private static boolean isAuto(Config config, String key) {
    return config.getString(key).equals("auto");
  }
}
