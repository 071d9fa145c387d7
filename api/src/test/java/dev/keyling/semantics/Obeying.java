package dev.keyling.semantics;

import static dev.keyling.function.KeyLogic.DISCARD;
import static dev.keyling.function.KeyLogic.RETAIN;

import dev.keyling.function.Collector;
import dev.keyling.function.StatefulLogic;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.Types;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step whose logics do what their elements say. */
final class Obeying {

  /** An element that does something to the logic of its key. */
  record Order(String key, Deed deed) {}

  interface Deed {
    boolean on(Obedient logic, Collector<String> out);
  }

  /** What a notified logic does, and one whose input has ended. */
  volatile Deed onNotify = (logic, out) -> RETAIN;

  volatile Deed onEof = (logic, out) -> RETAIN;

  /** Follows orders; remembers a text, and when it is to be notified. */
  final class Obedient implements StatefulLogic<Order, String, String> {
    String text;
    @Nullable Instant due;

    Obedient(Optional<String> snapshot) {
      String[] parts = snapshot.orElse("new@").split("@", -1);
      text = parts[0];
      due = parts[1].isEmpty() ? null : Instant.parse(parts[1]);
    }

    @Override
    public boolean onItem(Order order, Collector<String> out) {
      return order.deed().on(this, out);
    }

    @Override
    public boolean onNotify(Collector<String> out) {
      due = null;
      return onNotify.on(this, out);
    }

    @Override
    public boolean onEof(Collector<String> out) {
      return onEof.on(this, out);
    }

    @Override
    public Optional<Instant> notifyAt() {
      return Optional.ofNullable(due);
    }

    @Override
    public String snapshot() {
      return text + "@" + (due == null ? "" : due);
    }
  }

  StepUnderTest<String, Order, String> obedient() {
    return StepUnderTest.<String, Order, String>ofStep(
        Order::key,
        Types.STRING,
        keyed -> keyed.stateful("logic", Types.STRING, (ctx, snapshot) -> new Obedient(snapshot)));
  }

  StepRun<String, Order, String> obedient(boolean restarting) {
    return obedient().restarting(restarting).run();
  }

  /** Has the logic append to its text, and emit it. */
  static Order append(String key, String more) {
    return new Order(
        key,
        (logic, out) -> {
          logic.text += more;
          out.collect(key + logic.text);
          return RETAIN;
        });
  }

  static Order discard(String key) {
    return new Order(key, (logic, out) -> DISCARD);
  }

  static Order notifyAt(String key, @Nullable Instant due) {
    return new Order(
        key,
        (logic, out) -> {
          logic.due = due;
          return RETAIN;
        });
  }

  static Order notifyAt(String key, long due) {
    return notifyAt(key, Instant.ofEpochMilli(due));
  }

  static Deed notified() {
    return (logic, out) -> {
      out.collect("notified " + logic.text);
      return RETAIN;
    };
  }
}
