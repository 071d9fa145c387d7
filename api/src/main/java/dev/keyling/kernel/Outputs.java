package dev.keyling.kernel;

import java.util.Arrays;

/**
 * The outputs of a run of turns of one key, in order: value, timestamp, port. Port 0 is the main
 * output, the others are the step's side outputs. Outputs of a turn that threw are cut off again.
 */
public final class Outputs {
  /** The timestamp of a value that has none. */
  public static final long NO_TIMESTAMP = Long.MIN_VALUE;

  /** The port of the main output. */
  public static final int MAIN = 0;

  private Object[] values = {};
  private long[] timestamps = {};
  private int[] ports = {};
  private int size;

  /** Adds an output. */
  public void add(Object value, long timestamp, int port) {
    if (size == values.length) {
      int capacity = Math.max(4, size * 2);
      values = Arrays.copyOf(values, capacity);
      timestamps = Arrays.copyOf(timestamps, capacity);
      ports = Arrays.copyOf(ports, capacity);
    }
    values[size] = value;
    timestamps[size] = timestamp;
    ports[size] = port;
    size++;
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
    return ports[index];
  }

  /** Forgets the outputs from the given one on. */
  public void truncate(int newSize) {
    Arrays.fill(values, newSize, size, null);
    size = newSize;
  }
}
