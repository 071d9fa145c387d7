package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.KeyView;
import dev.keyling.actors.Ledger.Order;
import dev.keyling.actors.Ledger.What;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to a key group, its keys hold what a plain model of them holds: live, after a
 * rollback, and after a replay over rows.
 */
class RandomHistoryTest {
  private static final int KEYS = 12;

  @TempDir private Path dir;

  /** One key, plainly. */
  private record Key(List<Long> sum, List<Long> list, Map<Long, String> map, TreeSet<Long> timers) {
    Key() {
      this(new ArrayList<>(), new ArrayList<>(), new TreeMap<>(), new TreeSet<>());
    }

    Key copy() {
      return new Key(
          new ArrayList<>(sum), new ArrayList<>(list), new TreeMap<>(map), new TreeSet<>(timers));
    }

    void apply(Order order) {
      long number = order.number();
      switch (order.what()) {
        case SUM -> {
          long before = sum.isEmpty() ? 0 : sum.remove(0);
          sum.add(before + number);
        }
        case APPEND -> list.add(number);
        case PUT -> map.put(number, "v" + number);
        case REMOVE -> map.remove(number);
        case TIMER -> timers.add(number);
        case NO_TIMER -> timers.remove(number);
        default -> {
          sum.clear();
          list.clear();
          map.clear();
        }
      }
    }

    void fire(long now) {
      while (!timers.isEmpty() && timers.first() <= now) {
        list.add(-timers.pollFirst());
      }
    }

    Map<String, Object> states() {
      Map<String, Object> states = new TreeMap<>();
      if (!sum.isEmpty()) {
        states.put("sum", sum.get(0));
      }
      if (!list.isEmpty()) {
        states.put("list", list);
      }
      if (!map.isEmpty()) {
        states.put("map", map);
      }
      return states;
    }
  }

  private final AtomicLong now = new AtomicLong(1_000);
  private Map<String, Key> live = new HashMap<>();
  private Map<String, Key> complete = new HashMap<>();

  private static Map<String, Key> copy(Map<String, Key> keys) {
    Map<String, Key> copy = new HashMap<>();
    keys.forEach((name, key) -> copy.put(name, key.copy()));
    return copy;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aReplayGivesWhatWasLive(long seed) {
    Random random = new Random(seed);
    try (GroupDriver group =
        new GroupDriver(
            dir,
            () -> Instant.ofEpochMilli(now.get()),
            Ledger::new,
            "keyling.actors.flush-interval",
            seed % 2 == 0 ? "1ms" : "1h",
            "keyling.actors.flush-size",
            seed == 3 ? "200" : "64MiB",
            "keyling.actors.commit-part-size",
            "64",
            "keyling.actors.max-live-keys",
            seed == 4 ? "100" : "3")) {
      group.open();
      for (int step = 0; step < 400; step++) {
        step(group, random);
        if (step % 20 == 0) {
          compare(group, "seed " + seed + " step " + step);
        }
      }
      group.replace();
      group.open();
      live = copy(complete);
      compare(group, "seed " + seed + " at the end");
    }
  }

  private void step(GroupDriver group, Random random) {
    int dice = random.nextInt(100);
    if (dice < 60) {
      batch(group, random);
    } else if (dice < 68) {
      now.addAndGet(random.nextInt(40));
      group.fireTimers();
      live.values().forEach(key -> key.fire(now.get()));
    } else if (dice < 76) {
      group.seal();
    } else if (dice < 92) {
      group.complete(group.seal());
      complete = copy(live);
    } else if (dice < 97) {
      group.open();
      live = copy(complete);
    } else {
      group.replace();
      group.open();
      live = copy(complete);
    }
  }

  private void batch(GroupDriver group, Random random) {
    List<Object> batch = new ArrayList<>();
    for (int i = random.nextInt(30); i >= 0; i--) {
      String key = "k" + random.nextInt(KEYS);
      Order order = order(random);
      batch.add(key);
      batch.add(order);
      live.computeIfAbsent(key, name -> new Key()).apply(order);
    }
    group.batch(batch.toArray());
  }

  private Order order(Random random) {
    What what = What.values()[random.nextInt(What.values().length - 1)]; // all but THROW
    if (what == What.CLEAR && random.nextInt(4) > 0) {
      what = What.APPEND;
    }
    boolean timer = what == What.TIMER || what == What.NO_TIMER;
    return new Order(what, timer ? now.get() + random.nextInt(100) : random.nextInt(20));
  }

  private void compare(GroupDriver group, String when) {
    for (int i = 0; i < KEYS; i++) {
      KeyView view = group.view("k" + i);
      Key model = live.getOrDefault("k" + i, new Key());
      assertThat(view.states()).as("%s: k%d", when, i).isEqualTo(model.states());
      assertThat(view.timers().stream().map(KeyView.Timer::time))
          .as("%s: timers of k%d", when, i)
          .containsExactlyElementsOf(model.timers());
    }
  }
}
