package dev.keyling.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.benchmarks.workload.KeySequence.Distribution;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {
  private static final long MINUTE = 60_000;

  private final Digest out = new Digest();
  private final Digest expected = new Digest();

  private void expect(long... outputs) {
    Arrays.stream(outputs).forEach(expected::add);
    assertThat(out.agreesWith(expected)).as("%s, expected %s", out, expected).isTrue();
  }

  @Test
  void countsPerKey() {
    Model counts = new Counts(2);
    for (int key : new int[] {0, 1, 0, 0}) {
      counts.add(key, 5, 0, out);
    }
    expect(1, 1, 2, 3);
  }

  @Test
  void aRiseThatIsSuspiciousIsNegativeAfterAnother() {
    Model rises = new Rises(2);
    for (long amount : new long[] {0, 511, 1023, 2000, 2000, 3000}) {
      rises.add(1, amount, 0, out);
    }
    expect(512, -977, 1000);
  }

  @Test
  void theFirstAmountIsNoRise() {
    new Rises(1).add(0, 1023, 0, out);
    expect();
  }

  @Test
  void remembersFivePages() {
    Model pages = new LastPages(2);
    for (int page = 0; page < 6; page++) {
      pages.add(1, page, 0, out);
    }
    expect(
        Arrays.asList("page-0").hashCode(),
        Arrays.asList("page-0", "page-1").hashCode(),
        Arrays.asList("page-0", "page-1", "page-2").hashCode(),
        Arrays.asList("page-0", "page-1", "page-2", "page-3").hashCode(),
        Arrays.asList("page-0", "page-1", "page-2", "page-3", "page-4").hashCode(),
        Arrays.asList("page-1", "page-2", "page-3", "page-4", "page-5").hashCode());
  }

  @Test
  void aCartCostsTheSumOfItsProducts() {
    Model carts = new Carts(1);
    carts.add(0, 0b00_000, 0, out); // one of product-0, which costs 1
    carts.add(0, 0b11_111, 0, out); // four of product-7, which costs 8
    expect(1, 1 + 4 * 8);
  }

  @Test
  void aSessionIsOverAfterAGap() {
    Model sessions = new Sessions(1);
    for (long minute : new long[] {0, 30, 60, 91}) {
      sessions.add(0, 0, minute * MINUTE, out);
    }
    sessions.end(out);
    expect(new Session(60 * MINUTE, 3).output(), new Session(91 * MINUTE, 1).output());
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void somethingComesOutThatDependsOnTheKeys(Workload workload) {
    KeySequence keys = new KeySequence(10, Distribution.uniform, false, workload.isOrdered());
    Digest some = workload.expected(keys, 5_000);
    assertThat(some.outputs()).isPositive();
    assertThat(some.agreesWith(workload.expected(keys, 5_000))).isTrue();
    KeySequence others = new KeySequence(11, Distribution.uniform, false, workload.isOrdered());
    assertThat(some.agreesWith(workload.expected(others, 5_000))).isFalse();
  }
}
