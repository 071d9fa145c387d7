package dev.keyling.kernel;

import dev.keyling.KeyView;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimerService;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The timers of one live key: as they are, before the turn, and when deltas were last taken. */
final class CellTimers implements TimerService {
  private static final TimeDomain[] DOMAINS = TimeDomain.values();

  private final TurnContext<?, ?> turns;
  private Both now = Both.NONE;
  private Both saved = Both.NONE;
  private Both taken;

  /** The timers of both domains. Immutable. */
  private record Both(Timers event, Timers processing) {
    static final Both NONE = new Both(Timers.NONE, Timers.NONE);

    Timers of(TimeDomain domain) {
      return domain == TimeDomain.EVENT_TIME ? event : processing;
    }

    Both with(TimeDomain domain, Timers timers) {
      if (timers == of(domain)) {
        return this;
      }
      return domain == TimeDomain.EVENT_TIME
          ? new Both(timers, processing)
          : new Both(event, timers);
    }
  }

  CellTimers(TurnContext<?, ?> turns, Image image) {
    this.turns = turns;
    for (EntryKey key : image.entries().keySet()) {
      if (key.isTimer()) {
        add(key.domain(), key.time());
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

  Timers of(TimeDomain domain) {
    return now.of(domain);
  }

  private void add(TimeDomain domain, long time) {
    now = now.with(domain, of(domain).with(time));
  }

  void remove(TimeDomain domain, long time) {
    now = now.with(domain, of(domain).without(time));
  }

  boolean isEmpty() {
    return now.event.isEmpty() && now.processing.isEmpty();
  }

  void takeDeltas(Consumer<Delta> sink) {
    if (now == taken) {
      return;
    }
    for (TimeDomain domain : DOMAINS) {
      now.of(domain)
          .changesSince(
              taken.of(domain),
              added -> sink.accept(new Delta(EntryKey.timer(domain, added), EntryValue.present())),
              removed -> sink.accept(new Delta(EntryKey.timer(domain, removed), null)));
    }
    taken = now;
  }

  void entries(BiConsumer<EntryKey, EntryValue> sink) {
    for (TimeDomain domain : DOMAINS) {
      for (long time : of(domain).toArray()) {
        sink.accept(EntryKey.timer(domain, time), EntryValue.present());
      }
    }
  }

  List<KeyView.Timer> view() {
    List<KeyView.Timer> view = new ArrayList<>();
    for (TimeDomain domain : DOMAINS) {
      for (long time : of(domain).toArray()) {
        view.add(new KeyView.Timer(domain, time));
      }
    }
    return view;
  }

  @Override
  public long currentProcessingTime() {
    return turns.desk().clock().millis();
  }

  @Override
  public long currentWatermark() {
    turns.check();
    return turns.desk().watermark();
  }

  @Override
  public void registerProcessingTimeTimer(long time) {
    register(TimeDomain.PROCESSING_TIME, time);
  }

  @Override
  public void deleteProcessingTimeTimer(long time) {
    delete(TimeDomain.PROCESSING_TIME, time);
  }

  @Override
  public void registerEventTimeTimer(long time) {
    register(TimeDomain.EVENT_TIME, time);
  }

  @Override
  public void deleteEventTimeTimer(long time) {
    delete(TimeDomain.EVENT_TIME, time);
  }

  private void register(TimeDomain domain, long time) {
    turns.check();
    add(domain, time);
  }

  private void delete(TimeDomain domain, long time) {
    turns.check();
    remove(domain, time);
  }
}
