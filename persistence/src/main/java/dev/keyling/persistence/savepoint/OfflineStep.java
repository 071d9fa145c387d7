package dev.keyling.persistence.savepoint;

import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.Outputs;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.kernel.StepFailure;
import dev.keyling.persistence.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * A keyed step that handles elements without a job, by the kernel alone. What it emits is dropped.
 */
final class OfflineStep<K, I, O> {
  private final StepDefinition<K, I, O> definition;
  private final InstantSource clock;
  private final long watermark;

  OfflineStep(
      String dataflow,
      String step,
      KeyCodec<K> keys,
      int keyGroups,
      Function<RuntimeContext, ? extends KeyedProcessFunction<K, I, O>> factory,
      InstantSource clock,
      long watermark) {
    this.definition =
        new StepDefinition<>(dataflow, step, keys, keyGroups, factory, List.of(), false);
    this.clock = clock;
    this.watermark = watermark;
  }

  KeyCodec<K> keys() {
    return definition.keys();
  }

  int keyGroups() {
    return definition.keyGroups();
  }

  /** Makes a key live. */
  KeyCell<K, I, O> cell(K key, int group, Image image) {
    return refusing(
        () -> {
          KeyCell<K, I, O> cell = new KeyCell<>(definition, key, group, 0, clock, image);
          cell.at(0, watermark);
          return cell;
        });
  }

  /** Has a key handle an element. */
  void handle(KeyCell<K, I, O> cell, I element) {
    refusing(
        () -> {
          cell.element(element, Outputs.NO_TIMESTAMP, watermark, new Outputs());
          return cell;
        });
  }

  private interface Work<T> {
    T done();
  }

  private static <T> T refusing(Work<T> work) {
    try {
      return work.done();
    } catch (StepFailure e) {
      throw new StoreException(
          e.getMessage() + "; the savepoint was not written, put it right and write it again", e);
    }
  }
}
