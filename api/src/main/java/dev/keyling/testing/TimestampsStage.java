package dev.keyling.testing;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.kernel.Outputs;
import dev.keyling.kernel.WatermarkGenerator;
import dev.keyling.plan.Node.TimestampsNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Timestamps and watermarks on one lane. A watermark follows every element that raises it, so that
 * results do not depend on when somebody looked. What the lane said of watermarks before ends here.
 */
final class TimestampsStage implements Inlet, Remembering, Alarm {
  private final @Nullable ToLongFunction<Object> timestampOf;
  private final WatermarkGenerator generator;
  private final long idleAfter;
  private final InstantSource clock;
  private final Inlet out;
  private long announced = Long.MIN_VALUE;
  private long lastElementAt;
  private boolean idle;
  private boolean ended;

  TimestampsStage(TimestampsNode node, InstantSource clock, Inlet out) {
    this.timestampOf = node.timestamp();
    this.generator = WatermarkGenerator.of(node.strategy());
    this.idleAfter = node.strategy().idleness().map(TimestampsStage::millis).orElse(NEVER);
    this.clock = clock;
    this.out = out;
    this.lastElementAt = clock.millis();
  }

  /** Rounds up; longer than a year is never. */
  private static long millis(Duration idleness) {
    boolean never = idleness.compareTo(Duration.ofDays(365)) > 0;
    return never ? NEVER : idleness.plusNanos(999_999).toMillis();
  }

  @Override
  public void element(@Nullable Object key, Object value, long timestamp) throws Exception {
    long time = timestampOf == null ? timestamp : timestampOf.applyAsLong(value);
    lastElementAt = clock.millis();
    if (idle) {
      idle = false;
      out.idle(false);
    }
    out.element(key, value, time);
    if (time != Outputs.NO_TIMESTAMP) {
      generator.onElement(time, clock.millis());
      if (generator.watermark() > announced) {
        announced = generator.watermark();
        out.watermark(announced);
      }
    }
  }

  @Override
  public void watermark(long watermark) {}

  @Override
  public void idle(boolean inputIdle) {}

  @Override
  public void end() throws Exception {
    ended = true;
    out.end();
  }

  @Override
  public long due() {
    boolean waits = !idle && !ended && idleAfter < NEVER - lastElementAt;
    return waits ? lastElementAt + idleAfter : NEVER;
  }

  @Override
  public void ring() throws Exception {
    idle = true;
    out.idle(true);
  }

  @Override
  public String label() {
    return "timestamps";
  }

  @Override
  public void save(ByteWriter writer) {
    writer.writeLong(generator.state());
  }

  @Override
  public void load(ByteReader reader) {
    generator.restore(reader.readLong());
    announced = generator.watermark();
  }
}
