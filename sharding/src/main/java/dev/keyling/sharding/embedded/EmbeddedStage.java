package dev.keyling.sharding.embedded;

import dev.keyling.actors.BatchReply;
import dev.keyling.actors.BatchReply.Result;
import dev.keyling.actors.Elements;
import dev.keyling.actors.GroupCommand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/**
 * A keyed step in a stream. Gathers rounds like the lanes of a dataflow; the outputs of a round
 * leave, in the order of its elements, when all its batches are durable. What is under way is
 * bounded.
 *
 * @param <X> what comes in: an element, perhaps with a context
 * @param <Y> what goes out
 */
public final class EmbeddedStage<X, Y> extends GraphStage<FlowShape<X, Y>> {
  private static final int ROUNDS_UNDER_WAY = 4;

  private final Inlet<X> in = Inlet.create("keyed.in");
  private final Outlet<Y> out = Outlet.create("keyed.out");
  private final Groups groups;
  private final Shape<X, Y> mapping;

  /**
   * How elements and outputs look from outside.
   *
   * @param ofTimer makes an output of what a timer emits; null drops it
   */
  public record Shape<X, Y>(
      Function<X, Object> key,
      Function<X, Object> element,
      BiFunction<X, Object, Y> output,
      Function<Object, @Nullable Y> ofTimer) {}

  public EmbeddedStage(Groups groups, Shape<X, Y> mapping) {
    this.groups = groups;
    this.mapping = mapping;
  }

  @Override
  public FlowShape<X, Y> shape() {
    return FlowShape.of(in, out);
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private final Queue<Round<X>> rounds = new ArrayDeque<>();
    private final Map<Long, Round.Part<X>> underWay = new HashMap<>();
    private final Queue<Y> ready = new ArrayDeque<>();
    private List<X> pending = new ArrayList<>();
    private List<Object> pendingKeys = new ArrayList<>();
    private long sequence;
    private @Nullable ActorRef<BatchReply> self;

    Logic() {
      super(EmbeddedStage.this.shape());
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              X element = grab(in);
              pending.add(element);
              pendingKeys.add(mapping.key().apply(element));
              goOn();
            }

            @Override
            public void onUpstreamFinish() {
              goOn();
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              goOn();
            }
          });
    }

    @Override
    public void preStart() {
      self =
          Adapter.toTyped(
              getStageActor(
                      message -> {
                        answered(message._2());
                        return BoxedUnit.UNIT;
                      })
                  .ref());
      groups.wake(new GroupCommand.Wake(self));
      scheduleAtFixedRate("lost", Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Override
    public void onTimer(Object timer) {
      long oldest = System.nanoTime() - groups.answerTimeout().toNanos();
      for (Round.Part<X> part : underWay.values()) {
        if (part.sentAt() - oldest < 0) {
          failStage(
              new TimeoutException(
                  "key group %d gave no answer within %s; what was sent to it may or may not be stored"
                      .formatted(part.group(), groups.answerTimeout())));
          return;
        }
      }
    }

    private void goOn() {
      if (!pending.isEmpty() && (rounds.isEmpty() || pending.size() >= groups.maxRound())) {
        if (rounds.size() < ROUNDS_UNDER_WAY) {
          send();
        }
      }
      if (isAvailable(out) && !ready.isEmpty()) {
        push(out, ready.remove());
      }
      if (pending.size() < groups.maxRound() && ready.size() < groups.maxRound()) {
        if (!isClosed(in) && !hasBeenPulled(in)) {
          pull(in);
        }
      }
      if (isClosed(in) && pending.isEmpty() && rounds.isEmpty() && ready.isEmpty()) {
        completeStage();
      }
    }

    private void send() {
      Round<X> round = new Round<>(pending);
      List<Object> values = new ArrayList<>(pending.size());
      pending.forEach(element -> values.add(mapping.element().apply(element)));
      for (Round.Part<X> part : round.parts(pendingKeys, values, groups, System.nanoTime())) {
        underWay.put(sequence, part);
        if (self != null) {
          groups.send(part.group(), Groups.batch(sequence++, part.elements(), self));
        }
      }
      rounds.add(round);
      pending = new ArrayList<>();
      pendingKeys = new ArrayList<>();
    }

    private void answered(Object message) {
      if (message instanceof BatchReply.Results results) {
        Round.Part<X> part = underWay.remove(results.sequence());
        if (part != null) {
          part.round().answered(part, results.results());
        }
        while (rounds.peek() != null && rounds.element().isComplete()) {
          take(rounds.remove());
        }
      } else if (message instanceof BatchReply.Refused refused) {
        failStage(refused.cause());
        return;
      } else if (message instanceof BatchReply.Unasked unasked) {
        take(unasked.outputs());
      }
      goOn();
    }

    @SuppressWarnings("unchecked") // outputs are of the step's own type
    private void take(Round<X> round) {
      for (int i = 0; i < round.size(); i++) {
        Result result = round.result(i);
        if (result.failure() != null) {
          failStage(result.failure());
          return;
        }
        for (Object output : result.outputs()) {
          ready.add(mapping.output().apply(round.input(i), output));
        }
      }
    }

    private void take(Elements outputs) {
      for (int i = 0; i < outputs.size(); i++) {
        Y output = mapping.ofTimer().apply(outputs.value(i));
        if (output != null) {
          ready.add(output);
        }
      }
    }
  }
}
