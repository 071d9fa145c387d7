package dev.keyling.benchmarks.workload;

/** W5: a session as far as it has come; when its last event was, in ms, and how many it has. */
public record Session(long last, long events) {

  /** Returns when the session is over, in ms. */
  public long end() {
    return last + Workload.GAP;
  }

  /** Returns what comes out when it is over. */
  public long output() {
    return last * 31 + events;
  }
}
