package dev.keyling.window;

import dev.keyling.function.RuntimeContext;
import dev.keyling.time.TimerService;
import java.util.List;

/** Makes what triggers see of the windows of a key. */
record TriggerCalls(RuntimeContext own, WindowTimers timers) {

  TriggerContext of(Window window, TimerService ofKey) {
    return of(window, List.of(), ofKey);
  }

  /**
   * @param merged the names of windows that have become this one
   */
  TriggerContext of(Window window, List<byte[]> merged, TimerService ofKey) {
    TimerService ofWindow = new TimersOfWindow(timers, ofKey, window);
    return TriggerCall.of(own.namespaces(), window, merged, ofWindow);
  }
}
