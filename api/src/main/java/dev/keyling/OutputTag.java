package dev.keyling;

/** Names a side output and its type. Equal when the ids are. */
public record OutputTag<T>(String id) {
  public OutputTag {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("an output tag needs an id");
    }
  }
}
