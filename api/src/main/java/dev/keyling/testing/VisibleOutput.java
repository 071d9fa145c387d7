package dev.keyling.testing;

import dev.keyling.connector.ExactlyOnceSink;
import dev.keyling.connector.IdempotentSink;
import dev.keyling.connector.Sink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the outside would see of one sink, by the kind of sink that it is. */
final class VisibleOutput implements Inlet {
  private final Sink<?> sink;
  private final List<Object> visible = new ArrayList<>();

  /** Of an exactly-once sink: what waits for the next checkpoint. */
  private final List<Object> staged = new ArrayList<>();

  /** Of an idempotent sink, which gets the same elements under the same numbers again. */
  private int written;

  private int writtenAtCheckpoint;

  VisibleOutput(Sink<?> sink) {
    this.sink = sink;
  }

  @Override
  public void element(@Nullable Object key, Object value, long timestamp) {
    if (sink instanceof ExactlyOnceSink) {
      staged.add(value);
    } else if (sink instanceof IdempotentSink && written < visible.size()) {
      visible.set(written, value);
    } else {
      visible.add(value);
    }
    written++;
  }

  void checkpointCompleted() {
    visible.addAll(staged);
    staged.clear();
    writtenAtCheckpoint = written;
  }

  void attemptFailed() {
    staged.clear();
    written = writtenAtCheckpoint;
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
