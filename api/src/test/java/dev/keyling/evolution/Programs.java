package dev.keyling.evolution;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.StateMigration;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Programs that follow each other, of one step whose elements are what is done to its states. */
final class Programs {
  private Programs() {}

  /** What an element does: it gets the states. */
  record Act<S>(String key, Consumer<S> action) {}

  private static class Acting<S> implements KeyedProcessFunction<String, Act<S>, String> {
    final S states;

    Acting(S states) {
      this.states = states;
    }

    @Override
    public void processElement(Act<S> act, Context<String> ctx, Collector<String> out) {
      act.action().accept(states);
      ctx.timerService().registerEventTimeTimer(1_000);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext<String> ctx, Collector<String> out) {
      out.collect("timer of " + ctx.getCurrentKey());
    }

    @Override
    public void onEndOfInput(Context<String> ctx, Collector<String> out) {
      out.collect("end of " + ctx.getCurrentKey());
    }
  }

  private static final class Migrating<S> extends Acting<S> implements StateMigration {
    private final BiConsumer<KeyedStateStore, S> migration;

    Migrating(S states, BiConsumer<KeyedStateStore, S> migration) {
      super(states);
      this.migration = migration;
    }

    @Override
    public void migrateState(KeyedStateStore stored) {
      migration.accept(stored, states);
    }
  }

  /** A program that declares these states. Every element sets a timer, which has an output. */
  static <S> KeyedTestHarness<String, Act<S>, String> of(Function<RuntimeContext, S> states) {
    return KeyedTestHarness.of(Act::key, Types.STRING, ctx -> new Acting<>(states.apply(ctx)));
  }

  /** The same, with a migration. */
  static <S> KeyedTestHarness<String, Act<S>, String> of(
      Function<RuntimeContext, S> states, BiConsumer<KeyedStateStore, S> migration) {
    return KeyedTestHarness.of(
        Act::key, Types.STRING, ctx -> new Migrating<>(states.apply(ctx), migration));
  }

  /** Does something to the states of a key. */
  static <S> void tell(
      KeyedTestHarness<String, Act<S>, String> program, String key, Consumer<S> action) {
    program.processElement(new Act<>(key, action));
  }
}
