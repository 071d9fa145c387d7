package dev.keyling.benchmarks.workload;

/** W5: the sessions that are over. */
final class Sessions implements Model {
  private final long[] last;
  private final int[] events;

  Sessions(int keys) {
    last = new long[keys];
    events = new int[keys];
  }

  @Override
  public void add(int key, long amount, long time, Digest out) {
    if (events[key] > 0 && time - last[key] > Workload.GAP) {
      close(key, out);
    }
    last[key] = time;
    events[key]++;
  }

  @Override
  public void end(Digest out) {
    for (int key = 0; key < events.length; key++) {
      if (events[key] > 0) {
        close(key, out);
      }
    }
  }

  private void close(int key, Digest out) {
    out.add(new Session(last[key], events[key]).output());
    events[key] = 0;
  }
}
