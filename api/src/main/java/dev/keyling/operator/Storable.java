package dev.keyling.operator;

import dev.keyling.Dataflow;
import dev.keyling.state.TypeInformation;

/** What a step can remember is known when the dataflow is written, not when the first key wakes. */
public final class Storable {
  private Storable() {}

  /**
   * Returns the type.
   *
   * @throws IllegalArgumentException naming the step, if the type has no codec
   */
  public static <T> TypeInformation<T> required(
      Dataflow flow, String stepId, TypeInformation<T> type) {
    try {
      type.codec();
      return type;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s step \"%s\" cannot store values of type %s: %s"
              .formatted(flow, stepId, type.describe(), e.getMessage()),
          e);
    }
  }
}
