package dev.keyling.kernel;

import dev.keyling.KeyView;
import dev.keyling.time.TimeDomain;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * When a live key is to be swept for expired entries: at most one durable timer per domain, at or
 * before the earliest expiry. It is not moved when entries are stamped anew, so it costs one change
 * per time to live and not one per write.
 */
final class CellSweeps {
  private Due now = Due.NEVER;
  private Due saved = Due.NEVER;
  private Due taken;

  /** Both times; {@link Long#MAX_VALUE} is never. */
  private record Due(long event, long processing) {
    static final Due NEVER = new Due(Long.MAX_VALUE, Long.MAX_VALUE);

    long in(TimeDomain domain) {
      return domain == TimeDomain.EVENT_TIME ? event : processing;
    }

    Due with(TimeDomain domain, long time) {
      return domain == TimeDomain.EVENT_TIME ? new Due(time, processing) : new Due(event, time);
    }
  }

  CellSweeps(Image image) {
    for (EntryKey key : image.entries().keySet()) {
      if (key.isSweep()) {
        now = now.with(key.domain(), key.time());
      }
    }
    taken = now;
  }

  void beginTurn() {
    saved = now;
  }

  void undo() {
    now = saved;
  }

  long due(TimeDomain domain) {
    return now.in(domain);
  }

  /** Sees to it that the key is swept then, or before. */
  void at(TimeDomain domain, long time) {
    if (time < now.in(domain)) {
      now = now.with(domain, time);
    }
  }

  void done(TimeDomain domain) {
    now = now.with(domain, Long.MAX_VALUE);
  }

  boolean isEmpty() {
    return now.event == Long.MAX_VALUE && now.processing == Long.MAX_VALUE;
  }

  void takeDeltas(Consumer<Delta> sink) {
    if (now == taken) {
      return;
    }
    for (TimeDomain domain : TimeDomain.values()) {
      long before = taken.in(domain);
      long after = now.in(domain);
      if (before != after) {
        if (before != Long.MAX_VALUE) {
          sink.accept(new Delta(EntryKey.sweep(domain, before), null));
        }
        if (after != Long.MAX_VALUE) {
          sink.accept(new Delta(EntryKey.sweep(domain, after), EntryValue.present()));
        }
      }
    }
    taken = now;
  }

  List<KeyView.Timer> view() {
    return Stream.of(TimeDomain.values())
        .filter(domain -> due(domain) != Long.MAX_VALUE)
        .map(domain -> new KeyView.Timer(domain, due(domain)))
        .toList();
  }

  void entries(BiConsumer<EntryKey, EntryValue> sink) {
    for (TimeDomain domain : TimeDomain.values()) {
      if (due(domain) != Long.MAX_VALUE) {
        sink.accept(EntryKey.sweep(domain, due(domain)), EntryValue.present());
      }
    }
  }
}
