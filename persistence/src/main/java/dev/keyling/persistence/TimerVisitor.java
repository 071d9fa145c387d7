package dev.keyling.persistence;

/** Receives stored timers. */
@FunctionalInterface
public interface TimerVisitor {

  /**
   * Called once per live timer, in the thread of the scan. It must not call the store.
   *
   * @param key the encoded key the timer belongs to
   * @param domain the domain byte of the timer's entry
   * @param time milliseconds since the epoch, in the time of that domain
   */
  void timer(byte[] key, byte domain, long time);
}
