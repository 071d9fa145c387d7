package dev.keyling.testing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One lane behind a step: gives everything to everybody who reads it, in the order written. */
final class Outlet implements Inlet {
  private final List<Inlet> readers = new ArrayList<>();

  void connect(Inlet reader) {
    readers.add(reader);
  }

  @Override
  public void element(@Nullable Object key, Object value, long timestamp) throws Exception {
    for (Inlet reader : readers) {
      reader.element(key, value, timestamp);
    }
  }

  @Override
  public void watermark(long watermark) throws Exception {
    for (Inlet reader : readers) {
      reader.watermark(watermark);
    }
  }

  @Override
  public void idle(boolean idle) throws Exception {
    for (Inlet reader : readers) {
      reader.idle(idle);
    }
  }

  @Override
  public void end() throws Exception {
    for (Inlet reader : readers) {
      reader.end();
    }
  }
}
