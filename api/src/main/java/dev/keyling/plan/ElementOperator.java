package dev.keyling.plan;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a stateless step does to one element. */
@FunctionalInterface
public interface ElementOperator {

  /**
   * Handles one element.
   *
   * @param key the element's key, null if the stream is not keyed
   * @param out takes what comes out, never null
   */
  void apply(@Nullable Object key, Object value, Consumer<Object> out) throws Exception;
}
