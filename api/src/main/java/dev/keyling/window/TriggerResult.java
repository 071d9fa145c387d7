package dev.keyling.window;

/** What a trigger wants done to a window. */
public enum TriggerResult {
  /** Nothing. */
  CONTINUE,
  /** Emit what is made of the window's elements, and keep them. */
  FIRE,
  /** Drop the elements. The window itself stays, as does what is remembered of it otherwise. */
  PURGE,
  /** Emit, then drop. */
  FIRE_AND_PURGE;

  /** Tells whether to emit. */
  public boolean isFire() {
    return this == FIRE || this == FIRE_AND_PURGE;
  }

  /** Tells whether to drop. */
  public boolean isPurge() {
    return this == PURGE || this == FIRE_AND_PURGE;
  }
}
