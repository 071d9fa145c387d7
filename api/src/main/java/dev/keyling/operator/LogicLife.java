package dev.keyling.operator;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyLogic;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.time.TimerService;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The life of a {@link KeyLogic}: made when needed, stored after every call, notified, discarded.
 * What has its calls is a function that hands them on.
 */
final class LogicLife<L extends KeyLogic<W, S>, W, S> {
  private final RuntimeContext ctx;
  private final BiFunction<RuntimeContext, Optional<S>, ? extends L> builder;
  private final ValueState<S> snapshot;
  private final PendingTime pending;
  private @Nullable L logic;

  LogicLife(
      RuntimeContext ctx,
      ValueStateDescriptor<S> snapshot,
      BiFunction<RuntimeContext, Optional<S>, ? extends L> builder) {
    this.ctx = ctx;
    this.builder = builder;
    this.snapshot = ctx.getState(snapshot);
    this.pending = new PendingTime(ctx, "notify");
  }

  /** A call of the user's logic, which answers whether it is discarded. */
  interface Call<L> {
    boolean on(L logic) throws Exception;
  }

  /** Calls the logic, and stores what becomes of it. */
  void call(Call<L> call, Context<?> turn) throws Exception {
    L called = awake(turn.timerService());
    logic = null; // a call that throws is undone, so what it has left in the logic must go too
    if (call.on(called) == KeyLogic.DISCARD) {
      snapshot.clear();
      pending.cancel(turn.timerService());
    } else {
      schedule(called, turn.timerService());
      snapshot.update(Objects.requireNonNull(called.snapshot(), "snapshot() gave null"));
      logic = called;
    }
  }

  /** Notifies the logic, if a timer is the one it has asked for. */
  void notify(long timestamp, Context<?> turn, Collector<W> out) throws Exception {
    if (pending.fired(timestamp)) {
      boolean stillWanted = logic != null;
      awake(turn.timerService());
      if (stillWanted || pending.isSet()) { // one that was made anew has been asked again
        call(woken -> woken.onNotify(out), turn);
      }
    }
  }

  /** Tells the logic that the input has ended, if there is one. */
  void end(Context<?> turn, Collector<W> out) throws Exception {
    if (snapshot.value() != null) {
      call(left -> left.onEof(out), turn);
    }
  }

  private L awake(TimerService timers) {
    L awake = logic;
    if (awake == null) {
      Optional<S> stored = Optional.ofNullable(snapshot.value());
      awake = Objects.requireNonNull(builder.apply(ctx, stored), "the builder gave null");
      if (stored.isPresent()) {
        schedule(awake, timers);
      }
      logic = awake;
    }
    return awake;
  }

  private void schedule(L asked, TimerService timers) {
    asked.notifyAt().ifPresentOrElse(at -> pending.at(at, timers), () -> pending.cancel(timers));
  }
}
