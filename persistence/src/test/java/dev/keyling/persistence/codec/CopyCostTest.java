package dev.keyling.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.testing.KeyedTestHarness;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What it costs that values are safe against later changes: {@code mvn -pl persistence -am test
 * -Dtest=CopyCostTest -Dtest.excludedTags=none -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("bench")
class CopyCostTest {
  private static final int WARM_UP = 5;
  private static final int RUNS = 15;

  record Account(String owner, long balance, int payments) {
    Account paid() {
      return new Account(owner, balance + 1, payments + 1);
    }
  }

  static final class MutableAccount {
    public String owner = "";
    public long balance;
    public int payments;

    MutableAccount paid() {
      MutableAccount after = new MutableAccount();
      after.owner = owner;
      after.balance = balance + 1;
      after.payments = payments + 1;
      return after;
    }
  }

  /** Reads and writes its state as often as the element says. */
  private static final class Paying<T> implements KeyedProcessFunction<String, Integer, T> {
    private final ValueState<T> account;
    private final T first;
    private final UnaryOperator<T> paid;

    Paying(RuntimeContext ctx, TypeInformation<T> type, T first, UnaryOperator<T> paid) {
      this.account = ctx.getState(new ValueStateDescriptor<>("account", type));
      this.first = first;
      this.paid = paid;
    }

    @Override
    public void processElement(Integer times, Context<String> ctx, Collector<T> out) {
      for (int i = 0; i < times; i++) {
        T before = account.value();
        account.update(paid.apply(before == null ? first : before));
      }
    }
  }

  /** A way to declare the state. */
  private record Way<T>(TypeInformation<T> type, T first, UnaryOperator<T> paid) {

    /** Returns how long one read and one write took, in ns. */
    double nanos(int turns, int times) {
      KeyedTestHarness<String, Integer, T> harness =
          KeyedTestHarness.of(
              any -> "key", Types.STRING, ctx -> new Paying<>(ctx, type, first, paid));
      long start = System.nanoTime();
      for (int turn = 0; turn < turns; turn++) {
        harness.processElement(times);
      }
      return (double) (System.nanoTime() - start) / turns / times;
    }
  }

  /** Prints medians. The ways take turns, so that all see the same compiler and the same load. */
  private static void print(String what, int turns, int times) {
    MutableAccount mutable = new MutableAccount();
    mutable.owner = "user1";
    List<Way<?>> ways =
        List.of(
            new Way<>(Types.of(Account.class), new Account("user1", 0, 0), Account::paid),
            new Way<>(Types.of(MutableAccount.class), mutable, MutableAccount::paid),
            new Way<>(Types.immutable(MutableAccount.class), mutable, MutableAccount::paid));
    double[][] nanos = new double[ways.size()][RUNS];
    for (int run = -WARM_UP; run < RUNS; run++) {
      for (int way = 0; way < ways.size(); way++) {
        nanos[way][Math.max(run, 0)] = ways.get(way).nanos(turns, times);
      }
    }
    double[] median =
        Stream.of(nanos)
            .mapToDouble(runs -> DoubleStream.of(runs).sorted().toArray()[RUNS / 2])
            .toArray();
    System.out.printf(
        "%s: record %.0f ns, class %.0f ns (%.1f times), class promised immutable %.0f ns (%.1f)%n",
        what, median[0], median[1], median[1] / median[0], median[2], median[2] / median[0]);
    assertThat(median[1]).as("a class costs more than a record").isGreaterThan(median[0]);
  }

  @Test
  void aClassCostsItsEncodingWhereARecordCostsNothing() {
    print("a read and a write, many in a turn", 10, 20_000);
    print("a read and a write, one in a turn", 100_000, 1);
  }
}
