package dev.keyling.actors;

import java.time.Duration;

/**
 * How long the completed commits of a key group wait before they become rows. The groups of a step
 * begin together; if they all waited equally long they would write together, and each checkpoint of
 * that moment would wait for all of it to be synchronized. So the first wait of each is another
 * part of the interval, and no two fall together from then on either.
 */
final class FlushTimes {
  private final Duration interval;
  private Duration next;

  /**
   * The times of one life of a group.
   *
   * @param interval the longest that anything waits
   */
  FlushTimes(Duration interval, int group, int groups) {
    this.interval = interval;
    this.next = interval.multipliedBy(group + 1L).dividedBy(groups);
  }

  Duration next() {
    Duration wait = next;
    next = interval;
    return wait;
  }
}
