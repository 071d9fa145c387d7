package dev.keyling.kernel;

import dev.keyling.state.StateDescriptor;
import dev.keyling.state.TypeInformation;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A live state that has one entry: a value, or what was reduced or aggregated. */
abstract sealed class SingleHandle<T> extends StateHandle
    permits ValueHandle, ReducingHandle, AggregatingHandle {
  private final EntryKey key;
  private final TypeInformation<T> type;
  private @Nullable EntryValue current;
  private @Nullable EntryValue saved;

  SingleHandle(
      Turns turns,
      StateDescriptor<?> descriptor,
      EntryKey key,
      TypeInformation<T> type,
      @Nullable EntryValue stored) {
    super(turns, descriptor);
    this.key = key;
    this.type = type;
    this.current = stored;
  }

  /** Reads; null if it is empty or expired. Removes what is expired, stamps what is to be. */
  final @Nullable T read() {
    reading();
    EntryValue entry = current;
    if (entry == null) {
      return null;
    }
    switch (found(entry)) {
      case EXPIRED:
        T value = showsExpired() ? decoded() : null;
        write(null);
        return value;
      case TO_STAMP:
        changing();
        current = entry.withStamp(stamp(entry));
        return decoded();
      default:
        return decoded();
    }
  }

  /** Returns what a write goes on with; null if it is empty or expired. Stamps nothing. */
  final @Nullable T alive() {
    EntryValue entry = current;
    return entry == null || isExpired(entry) ? null : decoded();
  }

  private @Nullable T decoded() {
    EntryValue entry = current;
    return entry == null ? null : entry.get(type);
  }

  /** Writes; null clears. */
  final void write(@Nullable T value) {
    changing();
    EntryValue before = current;
    if (before != null && isExpired(before)) {
      if (tellsExpired()) {
        expired(null, shown(Objects.requireNonNull(before.get(type))));
      }
      before = null;
    }
    current = value == null ? null : EntryValue.of(value, type, stamp(before));
  }

  /** Returns how a stored value is shown to people and to who asks what expired. */
  @Nullable Object shown(T stored) {
    return stored;
  }

  @Override
  final void age(Lifetime life, boolean removing) {
    EntryValue entry = current;
    if (entry == null) {
      return;
    }
    EntryValue aged = aged(entry, life, removing);
    if (aged == null) {
      write(null);
    } else if (aged != entry) {
      changing();
      current = aged;
    }
  }

  @Override
  final int fetch() {
    return current == null ? 0 : current.fetch();
  }

  @Override
  final void save() {
    saved = current;
  }

  @Override
  final void restore() {
    current = saved;
  }

  @Override
  final void deltas(long epoch, Consumer<Delta> sink) {
    saved = null;
    sink.accept(new Delta(key, current));
  }

  @Override
  final void entries(BiConsumer<EntryKey, EntryValue> sink) {
    if (current != null) {
      sink.accept(key, current);
    }
  }

  @Override
  final void stamps(LongConsumer sink) {
    if (current != null && current.stamp() != EntryValue.NO_STAMP) {
      sink.accept(current.stamp());
    }
  }

  @Override
  final boolean holdsNothing() {
    return current == null;
  }

  @Override
  final Object view() {
    return Objects.requireNonNull(decoded());
  }

  @Override
  final int numEntries() {
    return holdsNothing() ? 0 : 1;
  }
}
