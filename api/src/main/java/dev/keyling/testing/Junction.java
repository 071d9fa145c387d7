package dev.keyling.testing;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets lanes flow together into one: its watermark is the least of those that are not idle (the
 * greatest when all are, as in Flink), and it ends when all have ended. Ends are not remembered:
 * whoever ended before ends again.
 */
final class Junction implements Remembering {
  private final Inlet target;
  private final List<Lane> lanes = new ArrayList<>();
  private long watermark = Long.MIN_VALUE;
  private boolean idle;

  Junction(Inlet target) {
    this.target = target;
  }

  /** Adds a lane. */
  Inlet lane() {
    Lane lane = new Lane();
    lanes.add(lane);
    return lane;
  }

  private void update() throws Exception {
    if (lanes.stream().allMatch(lane -> lane.ended)) {
      target.end();
      return;
    }
    boolean nowIdle = lanes.stream().allMatch(lane -> lane.idle || lane.ended);
    if (nowIdle != idle) {
      idle = nowIdle;
      target.idle(nowIdle);
    }
    long next = nowIdle ? Long.MIN_VALUE : Long.MAX_VALUE;
    for (Lane lane : lanes) {
      if (!lane.ended && lane.idle == nowIdle) {
        next = nowIdle ? Math.max(next, lane.watermark) : Math.min(next, lane.watermark);
      }
    }
    if (next > watermark) {
      watermark = next;
      target.watermark(next);
    }
  }

  @Override
  public String label() {
    return "a junction of " + lanes.size();
  }

  @Override
  public void save(ByteWriter writer) {
    writer.writeLong(watermark);
    lanes.forEach(lane -> writer.writeLong(lane.watermark));
  }

  @Override
  public void load(ByteReader reader) {
    watermark = reader.readLong();
    lanes.forEach(lane -> lane.watermark = reader.readLong());
  }

  private final class Lane implements Inlet {
    private long watermark = Long.MIN_VALUE;
    private boolean idle;
    private boolean ended;

    @Override
    public void element(@Nullable Object key, Object value, long timestamp) throws Exception {
      target.element(key, value, timestamp);
    }

    @Override
    public void watermark(long newWatermark) throws Exception {
      watermark = Math.max(watermark, newWatermark);
      update();
    }

    @Override
    public void idle(boolean nowIdle) throws Exception {
      idle = nowIdle;
      update();
    }

    @Override
    public void end() throws Exception {
      ended = true;
      update();
    }
  }
}
