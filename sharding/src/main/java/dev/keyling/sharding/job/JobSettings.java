package dev.keyling.sharding.job;

import com.typesafe.config.Config;
import java.time.Duration;

/** Settings under {@code keyling.sharding}; their meaning is in reference.conf. */
public record JobSettings(
    int keyGroups,
    int operatorPartitions,
    int homeLanes,
    int maxRun,
    int maxRound,
    Duration sourcePoll,
    Duration watermarkInterval,
    Duration startTimeout,
    Duration answerTimeout,
    Duration wakeInterval,
    String sourceDispatcher,
    String laneDispatcher) {

  public static JobSettings from(Config root) {
    Config config = root.getConfig("keyling.sharding");
    return new JobSettings(
        root.getInt("keyling.persistence.leveldb.key-groups"),
        partitions(config),
        config.getInt("home-lanes"),
        config.getInt("max-run"),
        config.getInt("max-round"),
        config.getDuration("source-poll-interval"),
        config.getDuration("watermark-interval"),
        config.getDuration("start-timeout"),
        config.getDuration("answer-timeout"),
        config.getDuration("wake-interval"),
        config.getString("source-dispatcher-id"),
        config.getString("lane-dispatcher-id"));
  }

  private static int partitions(Config config) {
    int partitions = config.getInt("operator-partitions");
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "keyling.sharding.operator-partitions is " + partitions + "; set it to 1 or more");
    }
    return partitions;
  }
}
