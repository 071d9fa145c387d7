package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random turns, throwing ones among them, and restarts between them, against plain collections. */
@SemanticsSuite
class RandomHistoryTest {
  private static final int TURNS = 150;

  /** What a key is to hold. */
  private static final class Model {
    private Long value;
    private List<Long> list = new ArrayList<>();
    private TreeMap<String, Long> map = new TreeMap<>();
    private Long reduced;
    private List<Long> aggregated = new ArrayList<>();

    Model copy() {
      Model copy = new Model();
      copy.value = value;
      copy.list = new ArrayList<>(list);
      copy.map = new TreeMap<>(map);
      copy.reduced = reduced;
      copy.aggregated = new ArrayList<>(aggregated);
      return copy;
    }

    Map<String, Object> view() {
      Map<String, Object> view = new TreeMap<>();
      if (value != null) {
        view.put("value", value);
      }
      if (!list.isEmpty()) {
        view.put("list", list);
      }
      if (!map.isEmpty()) {
        view.put("map", map);
      }
      if (reduced != null) {
        view.put("reducing", reduced);
      }
      if (!aggregated.isEmpty()) {
        view.put("aggregating", aggregated);
      }
      return view;
    }
  }

  /** One random change of the states and of the model. */
  private static void change(Random random, AllStates states, Model model) {
    long n = random.nextInt(100);
    String entry = "k" + random.nextInt(8);
    switch (random.nextInt(14)) {
      case 0 -> {
        states.value().update(n);
        model.value = n;
      }
      case 1 -> {
        states.value().clear();
        model.value = null;
      }
      case 2, 3 -> {
        states.list().add(n);
        model.list.add(n);
      }
      case 4 -> {
        List<Long> more = LongStream.range(0, random.nextInt(40)).boxed().toList();
        states.list().addAll(more);
        model.list.addAll(more);
      }
      case 5 -> {
        List<Long> other = LongStream.range(0, random.nextInt(5)).boxed().toList();
        states.list().update(other);
        model.list = new ArrayList<>(other);
      }
      case 6, 7 -> {
        Long put = random.nextInt(5) == 0 ? null : n;
        states.map().put(entry, put);
        model.map.put(entry, put);
      }
      case 8, 9 -> {
        states.map().remove(entry);
        model.map.remove(entry);
      }
      case 10 -> removeLastByIterator(states, model);
      case 11 -> {
        states.map().clear();
        model.map.clear();
      }
      case 12 -> {
        Long add = random.nextInt(6) == 0 ? null : n;
        states.reducing().add(add);
        model.reduced = add == null || model.reduced == null ? add : (Long) (model.reduced + add);
      }
      default -> {
        if (random.nextInt(6) == 0) {
          states.aggregating().clear();
          model.aggregated.clear();
        } else {
          states.aggregating().add(n);
          model.aggregated.add(n);
        }
      }
    }
  }

  private static void removeLastByIterator(AllStates states, Model model) {
    var entries = states.map().entries().iterator();
    while (entries.hasNext()) {
      var entry = entries.next();
      if (!entries.hasNext()) {
        assertThat(entry.getKey()).isEqualTo(model.map.lastKey());
        entries.remove();
        model.map.pollLastEntry();
      }
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @Proves("D4")
  void statesAreWhatPlainCollectionsWouldBe(long seed) {
    Random random = new Random(seed);
    StateProbe<AllStates> probe = StateProbe.of(AllStates::of, seed % 3 == 0);
    Map<String, Model> models = new TreeMap<>(Map.of("a", new Model(), "b", new Model()));
    for (int turn = 0; turn < World.here().affordable(TURNS); turn++) {
      String key = random.nextBoolean() ? "a" : "b";
      Model model = models.get(key).copy();
      if (random.nextInt(4) == 0) {
        probe.tellAndThrow(key, (states, ctx, out) -> changes(random, states, model));
      } else {
        probe.tell(key, states -> changes(random, states, model));
        models.put(key, model);
      }
      if (random.nextInt(10) == 0) {
        probe = probe.restarted();
      }
      assertThat(probe.step().view(key).states()).isEqualTo(models.get(key).view());
    }
  }

  private static void changes(Random random, AllStates states, Model model) {
    for (int left = 1 + random.nextInt(6); left > 0; left--) {
      change(random, states, model);
    }
  }
}
