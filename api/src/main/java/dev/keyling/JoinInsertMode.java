package dev.keyling;

/** What a side of a {@link Join} keeps of the values of a key. */
public enum JoinInsertMode {
  /** The first; later ones are ignored. */
  FIRST,
  /** The last. */
  LAST,
  /** All; rows are made of every combination. */
  PRODUCT
}
