package dev.keyling.examples.cli;

import dev.keyling.examples.cli.Clerk.Order;
import dev.keyling.examples.cli.Clerk.Visit;
import dev.keyling.time.TimerService;
import java.util.List;

/** What a user has the {@link Clerk} do, in three visits: states are set, changed and removed. */
final class Visits {
  private static final long FAR = 5_000_000_000_000L;

  private Visits() {}

  static Order order(String user, Clerk.Act act) {
    return new Order(user, 7, act);
  }

  static void arrive(Clerk clerk, TimerService timers) throws Exception {
    clerk.last.update(new Visit("start", 1, List.of("new", "käte"), null));
    for (int page = 0; page < 150; page++) {
      clerk.pages.add(page);
    }
    for (String item : List.of("apple", "pear", "plum")) {
      clerk.cart.put(item, (long) item.length());
    }
    clerk.total.add(7L);
    clerk.prices.add(3);
    timers.registerEventTimeTimer(1_000);
    timers.registerEventTimeTimer(2_000);
    timers.registerProcessingTimeTimer(FAR);
  }

  static void change(Clerk clerk, TimerService timers) throws Exception {
    clerk.pages.add(150);
    clerk.cart.remove("pear");
    clerk.cart.put("quince", 6L);
    clerk.total.add(4L);
    timers.deleteEventTimeTimer(1_000);
    timers.registerEventTimeTimer(3_000);
  }

  static void leave(Clerk clerk, TimerService timers) throws Exception {
    clerk.last.update(new Visit("end", 2, List.of(), "start"));
    clerk.cart.remove("apple");
    clerk.prices.add(4);
    clerk.total.clear();
    timers.deleteProcessingTimeTimer(FAR);
  }
}
