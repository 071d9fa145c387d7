package dev.keyling.persistence.savepoint;

import dev.keyling.KeyView;
import dev.keyling.bytes.ByteReader;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.persistence.StoreException;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * The keys of a saved step with their types: their states are read by the same kernel that a job
 * has. What a reader does to them is never looked at again.
 */
final class SavedKeys<K> {
  private final SavepointManifest manifest;
  private final SavedStep step;
  private final StepDefinition<K, Consumer<KeyedStateStore>, Object> definition;
  private final InstantSource clock;
  private final long watermark;

  SavedKeys(SavepointManifest manifest, SavedStep step, TypeInformation<K> keyType) {
    this.manifest = manifest;
    this.step = step;
    this.definition =
        new StepDefinition<>(
            manifest.dataflow(),
            step.id(),
            codec(manifest, step, keyType),
            step.keyGroups(),
            Probe::new,
            List.of(),
            false);
    this.clock = InstantSource.fixed(manifest.completedAt());
    this.watermark = manifest.watermarks().getOrDefault(step.id(), Long.MIN_VALUE);
  }

  /** Lets a reader at the states of a key. */
  private record Probe<K>(RuntimeContext states)
      implements KeyedProcessFunction<K, Consumer<KeyedStateStore>, Object> {
    @Override
    public void processElement(
        Consumer<KeyedStateStore> reader,
        dev.keyling.function.Context<K> ctx,
        dev.keyling.function.Collector<Object> out) {
      reader.accept(states);
    }
  }

  /**
   * Returns the codec of a saved step's keys.
   *
   * @throws StoreException if the type is not that of the saved keys
   */
  @SuppressWarnings("unchecked") // an operator's keys are compared with the type int
  static <K> KeyCodec<K> codec(
      SavepointManifest manifest, SavedStep step, TypeInformation<K> keyType) {
    String where = manifest.where(step);
    String saved = step.isOperator() ? Types.INT.describe() : step.keyType();
    if (!SavedStep.BY_VALUE.equals(saved) && !keyType.describe().equals(saved)) {
      throw new StoreException(
          "%s: its keys are of type %s in the savepoint, and are asked for as %s; ask for them as %s"
              .formatted(where, saved, keyType.describe(), saved));
    }
    return step.isOperator()
        ? (KeyCodec<K>) KeyCodec.ofPartitions(step.keyGroups(), where)
        : KeyCodec.of(keyType, where);
  }

  /** Returns the key group that an encoded key has in a step. */
  static int groupOf(SavedStep step, byte[] key) {
    return step.isOperator() && key.length == 1 + Integer.BYTES
        ? (int) (partition(key) ^ Integer.MIN_VALUE)
        : KeyCodec.groupOf(key, step.keyGroups());
  }

  private static int partition(byte[] key) {
    ByteReader reader = new ByteReader(key);
    reader.readByte();
    int number = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      number = number << Byte.SIZE | reader.readByte() & 0xff;
    }
    return number;
  }

  byte[] encode(K key) {
    return definition.keys().encode(key);
  }

  SavedKey<K> of(StoredImage stored) {
    return new SavedKey<>(this, stored, definition.keys().decode(stored.key()));
  }

  /** Makes the key live, so that its states can be read. */
  KeyCell<K, Consumer<KeyedStateStore>, Object> cell(K key, Image image) {
    int group = groupOf(step, encode(key));
    KeyCell<K, Consumer<KeyedStateStore>, Object> cell =
        new KeyCell<>(definition, key, group, 0, clock, image);
    cell.at(0, watermark);
    return cell;
  }

  long watermark() {
    return watermark;
  }

  KeyView view(StoredImage stored, Object key) {
    return ImageText.view(manifest.dataflow(), step.id(), key, stored.image());
  }
}
