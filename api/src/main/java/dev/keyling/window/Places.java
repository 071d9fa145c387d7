package dev.keyling.window;

import dev.keyling.function.RuntimeContext;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.time.TimerService;
import dev.keyling.window.Sessions.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the windows of a key have their contents: under their own name, except those that have
 * become one.
 *
 * @param sessions null if windows do not merge
 */
@SuppressWarnings("unchecked") // windows that merge are time windows
record Places<W extends Window>(RuntimeContext own, Merger<W> merger, @Nullable Sessions sessions) {

  /** Returns the window that an assigned one is to be part of; nothing changes. */
  W cover(W assigned) {
    return sessions == null ? assigned : (W) whole((TimeWindow) assigned, touching(assigned));
  }

  private List<Session> touching(W assigned) {
    return sessions == null ? List.of() : sessions.touching((TimeWindow) assigned);
  }

  private static TimeWindow whole(TimeWindow assigned, List<Session> parts) {
    TimeWindow whole = assigned;
    for (Session part : parts) {
      whole = whole.cover(part.window());
    }
    return whole;
  }

  /** Opens a window, or makes an assigned one part of those that it touches. */
  W open(W assigned, TimerService ofKey) throws Exception {
    List<Session> parts = touching(assigned);
    W whole = cover(assigned);
    boolean known = parts.size() == 1 && parts.get(0).window().equals(whole);
    if (sessions != null && !known) {
      TimeWindow pane = parts.isEmpty() ? (TimeWindow) whole : parts.get(0).pane();
      if (!parts.isEmpty()) {
        merger.merge(parts, whole, ofKey);
      }
      sessions.replace(parts, new Session((TimeWindow) whole, pane));
    }
    return whole;
  }

  /** Returns the states that the contents are in; null if the window is not open. */
  @Nullable KeyedStateStore paneOf(W window) {
    Window pane = sessions == null ? window : sessions.paneOf(window);
    return pane == null ? null : own.namespaces().in(WindowCode.namespace(pane));
  }

  /** Forgets a window; returns those that had become part of it, if anybody wants to know. */
  List<W> close(W window, KeyedStateStore pane) {
    if (sessions == null) {
      return List.of();
    }
    sessions.remove(window);
    return merger.take(pane);
  }
}
