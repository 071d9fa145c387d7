package dev.keyling;

/** When a {@link Join} emits the rows of a key. */
public enum JoinEmitMode {
  /** When every side has a value; then the key is forgotten and begins anew. */
  COMPLETE,
  /** At the end of input, rows with empty sides too; then the key is forgotten. */
  FINAL,
  /** After every element, rows with empty sides too; nothing is ever forgotten. */
  RUNNING
}
