package dev.keyling.kernel;

import dev.keyling.state.TypeInformation;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one entry of a value, reducing or aggregating state. */
final class Slot<T> {
  private final EntryKey key;
  private final TypeInformation<T> type;
  private @Nullable EntryValue current;
  private @Nullable EntryValue saved;

  Slot(EntryKey key, TypeInformation<T> type, @Nullable EntryValue stored) {
    this.key = key;
    this.type = type;
    this.current = stored;
  }

  boolean isEmpty() {
    return current == null;
  }

  @Nullable T get() {
    EntryValue value = current;
    if (value == null) {
      return null;
    }
    T decoded = value.get(type);
    if (decoded != null && type.isImmutable() && !value.isLive()) {
      current = EntryValue.of(decoded, type); // decoded once
    }
    return decoded;
  }

  void set(@Nullable T value) {
    current = value == null ? null : EntryValue.of(value, type);
  }

  void save() {
    saved = current;
  }

  void restore() {
    current = saved;
  }

  void entries(BiConsumer<EntryKey, EntryValue> sink) {
    if (current != null) {
      sink.accept(key, current);
    }
  }

  void deltas(Consumer<Delta> sink) {
    saved = null;
    sink.accept(new Delta(key, current));
  }
}
