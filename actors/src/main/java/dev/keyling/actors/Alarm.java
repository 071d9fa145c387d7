package dev.keyling.actors;

import dev.keyling.kernel.KeyCodec;
import dev.keyling.time.TimeDomain;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/** The timers of a key group, and the one message to itself that wakes it for the soonest. */
final class Alarm {
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  private final ActorContext<GroupCommand> context;
  private final StepHost host;
  private final KeyCodec<Object> codec;
  private final TimerIndex index;
  private @Nullable Cancellable scheduled;
  private long scheduledFor = Long.MAX_VALUE;
  private long notBefore = Long.MIN_VALUE;

  /** The clock may have reached a timer. */
  record Rings(Alarm alarm) implements GroupCommand.Internal {}

  Alarm(ActorContext<GroupCommand> context, StepHost host, TimerIndex index) {
    this.context = context;
    this.host = host;
    this.codec = host.definition().keys();
    this.index = index;
  }

  /** Takes over a key's earliest timers. */
  void move(KeyEntry entry, KeySlot slot) {
    if (slot.soonestEvent != entry.soonestEvent) {
      index.move(TimeDomain.EVENT_TIME, entry.bytes(codec), entry.soonestEvent, slot.soonestEvent);
      entry.soonestEvent = slot.soonestEvent;
    }
    if (slot.soonestProcessing != entry.soonestProcessing) {
      index.move(
          TimeDomain.PROCESSING_TIME,
          entry.bytes(codec),
          entry.soonestProcessing,
          slot.soonestProcessing);
      entry.soonestProcessing = slot.soonestProcessing;
    }
  }

  long soonestEvent() {
    return index.soonest(TimeDomain.EVENT_TIME);
  }

  List<byte[]> due(TimeDomain domain, long now) {
    return index.due(domain, now);
  }

  /** Sets the alarm for the earliest processing-time timer. */
  void set() {
    long soonest = Math.max(index.soonest(TimeDomain.PROCESSING_TIME), notBefore);
    if (soonest == scheduledFor) {
      return;
    }
    if (scheduled != null) {
      scheduled.cancel();
      scheduled = null;
    }
    scheduledFor = soonest;
    if (soonest != Long.MAX_VALUE) {
      long sleep = host.settings().maxTimerSleep().toMillis();
      long now = host.clock().millis();
      long left = soonest <= now ? 0 : soonest - now < 0 ? sleep : Math.min(sleep, soonest - now);
      scheduled = context.scheduleOnce(Duration.ofMillis(left), context.getSelf(), new Rings(this));
    }
  }

  /** Tells whether a timer is due; if not, the alarm is set again. */
  boolean rang() {
    scheduledFor = Long.MAX_VALUE;
    scheduled = null;
    long now = host.clock().millis();
    boolean due = index.soonest(TimeDomain.PROCESSING_TIME) <= now && notBefore <= now;
    if (!due) {
      set();
    }
    return due;
  }

  /** Something failed while timers fired: not at once again. */
  void postpone() {
    notBefore = host.clock().millis() + AFTER_FAILURE.toMillis();
  }

  void cancel() {
    if (scheduled != null) {
      scheduled.cancel();
    }
  }
}
