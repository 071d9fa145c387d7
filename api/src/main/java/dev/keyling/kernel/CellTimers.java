package dev.keyling.kernel;

import dev.keyling.KeyView;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimerService;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The timers of one live key: as they are, before the turn, and when deltas were last taken. */
final class CellTimers implements TimerService {
  private static final TimeDomain[] DOMAINS = TimeDomain.values();

  private final Turns turns;
  private final InstantSource clock;
  private final Timers[] now = {Timers.NONE, Timers.NONE};
  private final Timers[] saved = {Timers.NONE, Timers.NONE};
  private final Timers[] taken = {Timers.NONE, Timers.NONE};
  private long watermark = Long.MIN_VALUE;

  CellTimers(Turns turns, InstantSource clock, Image image) {
    this.turns = turns;
    this.clock = clock;
    for (EntryKey key : image.entries().keySet()) {
      if (key.isTimer()) {
        int domain = key.domain().ordinal();
        now[domain] = now[domain].with(key.time());
      }
    }
    System.arraycopy(now, 0, taken, 0, now.length);
  }

  void beginTurn(long currentWatermark) {
    watermark = currentWatermark;
    System.arraycopy(now, 0, saved, 0, now.length);
  }

  void undo() {
    System.arraycopy(saved, 0, now, 0, now.length);
  }

  Timers of(TimeDomain domain) {
    return now[domain.ordinal()];
  }

  void remove(TimeDomain domain, long time) {
    now[domain.ordinal()] = of(domain).without(time);
  }

  boolean isEmpty() {
    return now[0].isEmpty() && now[1].isEmpty();
  }

  void takeDeltas(Consumer<Delta> sink) {
    for (TimeDomain domain : DOMAINS) {
      int i = domain.ordinal();
      if (now[i] != taken[i]) {
        now[i].changesSince(
            taken[i],
            added -> sink.accept(new Delta(EntryKey.timer(domain, added), EntryValue.present())),
            removed -> sink.accept(new Delta(EntryKey.timer(domain, removed), null)));
        taken[i] = now[i];
      }
    }
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
    return clock.millis();
  }

  @Override
  public long currentWatermark() {
    turns.check();
    return watermark;
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
    now[domain.ordinal()] = of(domain).with(time);
  }

  private void delete(TimeDomain domain, long time) {
    turns.check();
    remove(domain, time);
  }
}
