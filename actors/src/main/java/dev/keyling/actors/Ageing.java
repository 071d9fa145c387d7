package dev.keyling.actors;

import dev.keyling.actors.GroupCommand.Open;
import dev.keyling.kernel.AgedStates;
import dev.keyling.kernel.Delta;
import dev.keyling.kernel.GroupKey;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.persistence.GroupAddress;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * Brings a time to live that is new, or shorter than it was, to keys that nobody touches: what the
 * keys of a group are aged for is stored under the {@link GroupKey}; if that is not enough for what
 * the step declares, every key takes a turn, all in one commit. Runs in the key group's thread.
 */
final class Ageing {
  private final RunningGroup group;
  private final ActorContext<GroupCommand> context;
  private final StepHost host;
  private final GroupAddress address;
  private final Open open;
  private final Keys keys;
  private final NextCommit next;

  /** Nothing was stored when this life began, so every key is of this program. */
  private final boolean fromNothing;

  private AgedStates aged;
  private int declared;
  private boolean hadEventTime;
  private boolean due;

  /**
   * @param stored what the keys are aged for; null if none is stored
   */
  Ageing(
      RunningGroup group,
      ActorContext<GroupCommand> context,
      StepHost host,
      GroupAddress address,
      Open open,
      Keys keys,
      NextCommit next,
      @Nullable AgedStates stored) {
    this.group = group;
    this.context = context;
    this.host = host;
    this.address = address;
    this.open = open;
    this.keys = keys;
    this.next = next;
    this.aged = stored == null ? AgedStates.NONE : stored;
    this.fromNothing = stored == null;
  }

  /**
   * Looks at what is declared by now. If keys need a turn for it, that is asked for as overdue
   * timers are, so that it falls between two checkpoints; an embedded step begins at once.
   */
  void look() {
    StepDefinition<?, ?, ?> step = host.definition();
    int states = step.numDeclared();
    boolean isSeen = states == declared && hasEventTime() == hadEventTime;
    if (isSeen || (fromNothing && next.isEmpty()) || step.isOperator()) {
      return;
    }
    declared = states;
    hadEventTime = hasEventTime();
    AgedStates after = aged.after(step, hadEventTime);
    if (fromNothing || aged.provideFor(after)) {
      keep(after);
    } else {
      due = true;
      if (group.isEmbedded()) {
        run(next::sealChanges);
      } else {
        open.replyTo().tell(new GroupEvent.TimersDue(address.group(), open.stamp().attempt()));
      }
    }
  }

  private boolean hasEventTime() {
    return next.eventTime() != Long.MIN_VALUE;
  }

  private void keep(AgedStates after) {
    List<Delta> changes = aged.changesTo(after);
    if (!changes.isEmpty()) {
      next.take(keys.entry(GroupKey.INSTANCE), changes);
      aged = after;
    }
  }

  /** Gives every key its turn, if that is due; then goes on. */
  void run(Runnable afterwards) {
    if (!due) {
      afterwards.run();
      return;
    }
    due = false;
    AgedStates after = aged.after(host.definition(), hasEventTime());
    group.begin(
        EveryKey.age(
            group,
            next.watermark(),
            context.getSystem().ignoreRef(),
            failure -> {
              if (failure == null) {
                keep(after);
              } else {
                context
                    .getLog()
                    .error(
                        "{}: a key could not be given its time to live; at the next start all are tried again",
                        address,
                        failure);
              }
              afterwards.run();
            }));
  }
}
