package dev.keyling.plan;

/** A function that hands everything to another, which the user wrote. */
public interface Adapter {

  /** Returns the user's function. */
  Object function();
}
