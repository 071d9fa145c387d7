package dev.keyling.window;

import dev.keyling.function.RuntimeContext;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimerService;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose the timers of a key are: by time, the windows that have one then. A key has one timer per
 * time, and it is there as long as one of its windows wants it.
 */
final class WindowTimers {
  private final TimesOfWindows inEventTime;
  private final TimesOfWindows inProcessingTime;

  /** A timer of a window. */
  record Due(long time, Window window) {}

  WindowTimers(RuntimeContext ctx) {
    inEventTime = TimesOfWindows.of(ctx, "window.event-timers");
    inProcessingTime = TimesOfWindows.of(ctx, "window.processing-timers");
  }

  private TimesOfWindows in(TimeDomain domain) {
    return domain == TimeDomain.EVENT_TIME ? inEventTime : inProcessingTime;
  }

  void register(TimeDomain domain, long time, Window window, TimerService ofKey) {
    if (in(domain).add(time, window)) {
      Alarm.of(domain, time).set(ofKey);
    }
  }

  void delete(TimeDomain domain, long time, Window window, TimerService ofKey) {
    Alarm alarm = Alarm.of(domain, time);
    if (in(domain).remove(time, window) && due(domain, alarm.times()).isEmpty()) {
      alarm.unset(ofKey);
    }
  }

  /** Takes out what is due when the key is woken by a timer. */
  List<Due> take(TimeDomain domain, long timer) {
    List<Long> times = Alarm.at(domain, timer).times();
    List<Due> due = due(domain, times);
    times.forEach(in(domain)::clear);
    return due;
  }

  private List<Due> due(TimeDomain domain, List<Long> times) {
    List<Due> due = new ArrayList<>(1);
    for (long time : times) {
      in(domain).at(time).forEach(window -> due.add(new Due(time, window)));
    }
    return due;
  }

  /** Returns all timers that are set, by time. */
  List<Due> pending(TimeDomain domain) {
    return due(domain, in(domain).times());
  }
}
