package dev.keyling.window;

import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The open windows of a key that merge. A window that grows keeps its contents where they were put
 * first, in its pane, so that they are moved only when two windows that have some become one.
 */
final class Sessions {
  private final ValueState<List<Long>> stored;

  /** A window, and the one under whose name its contents are. */
  record Session(TimeWindow window, TimeWindow pane) {}

  Sessions(RuntimeContext ctx) {
    stored = ctx.getState(new ValueStateDescriptor<>("window.sessions", Types.listOf(Types.LONG)));
  }

  private List<Session> open() {
    List<Window> pairs = WindowCode.windows(Objects.requireNonNullElse(stored.value(), List.of()));
    List<Session> open = new ArrayList<>(pairs.size() / 2 + 1);
    for (int i = 0; i < pairs.size(); i += 2) {
      open.add(new Session((TimeWindow) pairs.get(i), (TimeWindow) pairs.get(i + 1)));
    }
    return open;
  }

  private void store(List<Session> open) {
    List<Long> pairs = new ArrayList<>(4 * open.size());
    for (Session session : open) {
      pairs.addAll(WindowCode.pair(session.window()));
      pairs.addAll(WindowCode.pair(session.pane()));
    }
    stored.update(pairs.isEmpty() ? null : pairs);
  }

  /** Returns the windows that touch a new one, by their start. */
  List<Session> touching(TimeWindow window) {
    List<Session> touching = open();
    touching.removeIf(session -> !session.window().touches(window));
    touching.sort(Comparator.comparingLong(session -> session.window().start()));
    return touching;
  }

  /** Puts a window in the place of those that are part of it. */
  void replace(List<Session> parts, Session whole) {
    List<Session> open = open();
    open.removeAll(parts);
    open.add(whole);
    store(open);
  }

  void remove(Window window) {
    List<Session> open = open();
    open.removeIf(session -> session.window().equals(window));
    store(open);
  }

  /** Returns the window under whose name the contents are; null if it is not open. */
  @Nullable TimeWindow paneOf(Window window) {
    for (Session session : open()) {
      if (session.window().equals(window)) {
        return session.pane();
      }
    }
    return null;
  }
}
