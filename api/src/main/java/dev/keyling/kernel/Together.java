package dev.keyling.kernel;

import java.util.List;

/** Elements of one key that are handled in one turn. */
record Together(List<?> elements) {

  @Override
  public String toString() {
    return elements.size() + " elements " + elements;
  }
}
