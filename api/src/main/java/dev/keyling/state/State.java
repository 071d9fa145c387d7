package dev.keyling.state;

/** A piece of memory of the current key. */
public interface State {

  /**
   * Removes what this state holds for the current key, and only for it.
   *
   * @throws IllegalStateException outside an element or timer of the key
   */
  void clear();
}
