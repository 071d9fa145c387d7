package dev.keyling.examples.programs;

import dev.keyling.examples.programs.Sessions.Event;
import dev.keyling.examples.programs.Sessions.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Sessions as anybody would find them who has all events at hand: sort, cut at the gaps. */
public final class NaiveSessions {
  private NaiveSessions() {}

  /** Returns the sessions of all keys. */
  public static List<Session> of(Collection<Event> events, Duration gap) {
    List<Session> sessions = new ArrayList<>();
    events.stream()
        .collect(Collectors.groupingBy(Event::key, TreeMap::new, Collectors.toList()))
        .forEach((key, ofKey) -> cut(key, ofKey, gap, sessions));
    return sessions;
  }

  private static void cut(String key, List<Event> events, Duration gap, List<Session> into) {
    List<Instant> times = events.stream().map(Event::time).sorted().toList();
    int first = 0;
    for (int i = 1; i <= times.size(); i++) {
      boolean ends =
          i == times.size() || Duration.between(times.get(i - 1), times.get(i)).compareTo(gap) > 0;
      if (ends) {
        into.add(new Session(key, times.get(first), times.get(i - 1), i - first));
        first = i;
      }
    }
  }
}
