package dev.keyling.window;

/** The one window of all elements of a key. It never ends. */
public record GlobalWindow() implements Window {

  @Override
  public long maxTimestamp() {
    return Long.MAX_VALUE;
  }
}
