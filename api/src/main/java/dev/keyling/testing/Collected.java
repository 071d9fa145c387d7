package dev.keyling.testing;

import dev.keyling.kernel.Outputs;
import dev.keyling.time.TimestampedValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of a lane in a list, until somebody takes it. */
final class Collected implements Inlet {
  private List<TimestampedValue<Object>> values = new ArrayList<>();

  /** Returns what came since the last call. */
  List<TimestampedValue<Object>> take() {
    List<TimestampedValue<Object>> taken = values;
    values = new ArrayList<>();
    return taken;
  }

  @Override
  public void element(@Nullable Object key, Object value, long timestamp) {
    values.add(new TimestampedValue<>(value, timestamp == Outputs.NO_TIMESTAMP ? null : timestamp));
  }

  @Override
  public void watermark(long watermark) {}

  @Override
  public void idle(boolean idle) {}

  @Override
  public void end() {}
}
