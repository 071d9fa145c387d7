package dev.keyling.testing;

import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.connector.Sink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the outside would see of one sink, by the kind of sink that it is. */
final class VisibleOutput implements Inlet {
  private final Sink<?> sink;
  private final List<Object> visible = new ArrayList<>();

  /** Of a sink that sees each output once: what waits for the next checkpoint. */
  private final List<Object> staged = new ArrayList<>();

  VisibleOutput(Sink<?> sink) {
    this.sink = sink;
  }

  @Override
  public void element(@Nullable Object key, Object value, long timestamp) {
    if (sink instanceof AtLeastOnceSink) {
      visible.add(value);
    } else {
      staged.add(value);
    }
  }

  void checkpointCompleted() {
    visible.addAll(staged);
    staged.clear();
  }

  void attemptFailed() {
    staged.clear();
  }

  List<?> visible() {
    return List.copyOf(visible);
  }

  @Override
  public void watermark(long watermark) {}

  @Override
  public void idle(boolean idle) {}

  @Override
  public void end() {}
}
