package dev.keyling.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.OperatorContext;
import dev.keyling.function.ProcessFunction;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.testing.OperatorTestHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the numbers are, nothing is lost or doubled, and no partition gets much more. */
class RedistributionTest {

  @Property
  void evenlyKeepsAllItemsInTheirOrderInPartsOfAboutOneSize(
      @ForAll @Size(max = 20) List<@Size(max = 50) List<Integer>> before,
      @ForAll @IntRange(min = 1, max = 30) int partitions) {
    List<List<Integer>> after = Redistribution.evenly(before, partitions);
    assertThat(after).hasSize(partitions);
    assertThat(flat(after)).isEqualTo(flat(before));
    assertAboutOneSize(after);
  }

  private static void assertAboutOneSize(List<? extends List<?>> parts) {
    int smallest = parts.stream().mapToInt(List::size).min().orElse(0);
    assertThat(parts).allMatch(part -> part.size() - smallest <= 1);
  }

  private static List<Integer> flat(List<? extends List<Integer>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  /** What every partition finds when it begins. */
  private static final class Found {
    final List<List<Integer>> own = new ArrayList<>();
    final List<List<Integer>> union = new ArrayList<>();

    Function<OperatorContext, ProcessFunction<Integer, Integer>> factory() {
      return ctx -> {
        var list = ctx.getListState(new ListStateDescriptor<>("own", Types.INT));
        var all = ctx.getUnionListState(new ListStateDescriptor<>("all", Types.INT));
        List<Integer> items = new ArrayList<>();
        list.get().forEach(items::add);
        own.add(items);
        List<Integer> unionItems = new ArrayList<>();
        all.get().forEach(unionItems::add);
        union.add(unionItems);
        all.update(items);
        return (value, out) -> {
          list.add(value);
          all.add(value);
        };
      };
    }
  }

  @Property(tries = 200)
  void anOperatorFindsEveryItemOnceInItsListsAndAllInItsUnions(
      @ForAll @IntRange(max = 700) int elements,
      @ForAll @Size(min = 2, max = 4) List<@IntRange(min = 1, max = 9) Integer> partitions) {
    Found found = new Found();
    OperatorTestHarness<Integer, Integer> harness =
        OperatorTestHarness.of(found.factory(), partitions.get(0));
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      harness.processElement(i);
      expected.add(i);
    }
    byte[] snapshot = harness.snapshot();
    for (int next : partitions.subList(1, partitions.size())) {
      found.own.clear();
      found.union.clear();
      harness = harness.restore(snapshot, next);
      assertThat(found.own).hasSize(next);
      assertThat(flat(found.own)).containsExactlyInAnyOrderElementsOf(expected);
      assertAboutOneSize(found.own);
      assertThat(found.union)
          .hasSize(next)
          .allSatisfy(all -> assertThat(all).containsExactlyInAnyOrderElementsOf(expected));
      snapshot = harness.snapshot();
    }
  }
}
