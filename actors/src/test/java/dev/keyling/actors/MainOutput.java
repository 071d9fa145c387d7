package dev.keyling.actors;

import dev.keyling.kernel.Outputs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Takes the outputs of a key group in the place of its home lane, and keeps the main ones. */
final class MainOutput {
  private final ActorRef<GroupOutput> ref;
  private final List<List<Object>> portions = new CopyOnWriteArrayList<>();
  private volatile BooleanSupplier accepts = () -> true;

  MainOutput(ActorTestKit kit) {
    this.ref =
        kit.spawn(
            Behaviors.receiveMessage(
                output -> {
                  take(output);
                  return Behaviors.same();
                }));
  }

  private void take(GroupOutput output) {
    Elements main = output.ports()[Outputs.MAIN];
    if (main != null) {
      List<Object> portion = new ArrayList<>();
      for (int i = 0; i < main.size(); i++) {
        portion.add(main.value(i));
      }
      portions.add(portion);
    }
    if (accepts.getAsBoolean()) {
      output.accepted().tell();
    }
  }

  ActorRef<GroupOutput> ref() {
    return ref;
  }

  /** Has it ask before it accepts an output; if the answer is no it never does. */
  void accept(BooleanSupplier question) {
    accepts = question;
  }

  /** Returns the values so far, as they came together. */
  List<List<Object>> portions() {
    return portions;
  }

  List<Object> values() {
    return portions.stream().flatMap(List::stream).toList();
  }
}
