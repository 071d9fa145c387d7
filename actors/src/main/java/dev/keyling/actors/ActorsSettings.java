package dev.keyling.actors;

import com.typesafe.config.Config;
import java.time.Duration;

/** Settings under {@code keyling.actors}; their meaning is in reference.conf. */
public record ActorsSettings(
    String dispatcher,
    String ioDispatcher,
    int maxLiveKeys,
    int commitPartBytes,
    long flushBytes,
    Duration flushInterval,
    Duration maxTimerSleep,
    int maxWaiting) {

  public static ActorsSettings from(Config root) {
    Config config = root.getConfig("keyling.actors");
    return new ActorsSettings(
        config.getString("dispatcher-id"),
        config.getString("io-dispatcher-id"),
        config.getInt("max-live-keys"),
        Math.toIntExact(config.getBytes("commit-part-size")),
        config.getBytes("flush-size"),
        config.getDuration("flush-interval"),
        config.getDuration("max-timer-sleep"),
        config.getInt("max-waiting-batches"));
  }
}
