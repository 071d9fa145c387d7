package dev.keyling.examples.programs;

import dev.keyling.examples.programs.Sessions.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Random events, none later than allowed. Times lie on a grid, so many are a gap apart exactly. */
final class ShuffledEvents {
  private static final Instant START = Instant.parse("2015-05-17T10:00:00Z");

  private ShuffledEvents() {}

  static List<Event> of(long seed, int keys, int count, Duration grid, Duration lateness) {
    Random random = new Random(seed);
    record Arrival(Event event, Instant at) {}
    List<Arrival> arrivals = new ArrayList<>();
    long ticks = count / keys * 2L;
    for (int i = 0; i < count; i++) {
      String key = "key" + random.nextInt(keys);
      Instant time = START.plus(grid.multipliedBy(random.nextLong(ticks)));
      Duration delay = Duration.ofMillis(random.nextLong(lateness.toMillis() + 1));
      arrivals.add(new Arrival(new Event(key, time), time.plus(delay)));
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    return arrivals.stream().map(Arrival::event).toList();
  }
}
