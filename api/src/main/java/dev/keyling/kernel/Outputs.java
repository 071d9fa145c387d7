package dev.keyling.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of a run of turns of one key, in order: value, timestamp, port. Port 0 is the main
 * output, the others are the step's side outputs. Outputs of a turn that threw are cut off again.
 */
public final class Outputs {
  /** The timestamp of a value that has none. */
  public static final long NO_TIMESTAMP = Long.MIN_VALUE;

  /** The port of the main output. */
  public static final int MAIN = 0;

  private static final Object[] NO_VALUES = {};
  private static final long[] NO_TIMESTAMPS = {};

  private Object[] values = NO_VALUES;
  private long[] timestamps = NO_TIMESTAMPS;

  /** Null as long as all outputs are main ones. */
  private int @Nullable [] ports;

  private int size;

  /** Adds an output. */
  public void add(Object value, long timestamp, int port) {
    if (size == values.length) {
      grow(size == 0 ? 1 : size * 4);
    }
    if (port != MAIN && ports == null) {
      ports = new int[values.length];
    }
    values[size] = value;
    timestamps[size] = timestamp;
    if (ports != null) {
      ports[size] = port;
    }
    size++;
  }

  private void grow(int capacity) {
    values = Arrays.copyOf(values, capacity);
    timestamps = Arrays.copyOf(timestamps, capacity);
    ports = ports == null ? null : Arrays.copyOf(ports, capacity);
  }

  public int size() {
    return size;
  }

  public Object value(int index) {
    return values[index];
  }

  public long timestamp(int index) {
    return timestamps[index];
  }

  public int port(int index) {
    return ports == null ? MAIN : ports[index];
  }

  /** Forgets the outputs from the given one on. */
  public void truncate(int newSize) {
    Arrays.fill(values, newSize, size, null);
    size = newSize;
  }
}
