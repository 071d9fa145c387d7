package dev.keyling.actors;

import dev.keyling.actors.BatchReply.Answered;
import dev.keyling.actors.BatchReply.Refused;
import dev.keyling.actors.BatchReply.Result;
import dev.keyling.actors.BatchReply.Results;
import dev.keyling.actors.GroupCommand.Open;
import dev.keyling.kernel.GroupKey;
import dev.keyling.kernel.Outputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Sends out what work gave: in a dataflow on the home lane, which says so to whoever waits; in an
 * embedded step to the one who asked, once it is durable.
 */
final class Answers {
  private final int group;
  private final Open open;
  private final Memory memory;
  private final List<Batch> unanswered = new ArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private boolean holding;
  private @Nullable ActorRef<BatchReply> timerOutputs;
  private @Nullable ActorRef<GroupOutput> home;

  Answers(int group, Open open, Memory memory) {
    this.group = group;
    this.open = open;
    this.memory = memory;
  }

  void homeIs(ActorRef<GroupOutput> lane) {
    home = lane;
  }

  void timerOutputsTo(ActorRef<BatchReply> receiver) {
    timerOutputs = receiver;
  }

  void batch(Work.OfBatch work, long soonest, int ports) {
    Batch batch = work.batch;
    if (work.ends == null) {
      Answered answered = new Answered(group, batch.sequence(), soonest);
      send(work, ports, memory.backlog().guarded(batch.replyTo().unsafeUpcast(), answered));
      return;
    }
    Results results = new Results(group, batch.sequence(), perElement(work));
    unanswered.add(batch);
    memory.whenDurable(
        memory.sealedUpTo(),
        bytes -> {
          unanswered.remove(batch);
          memory.backlog().give(new GroupOutput.Accepted(batch.replyTo().unsafeUpcast(), results));
        });
  }

  /** All broadcast elements of a batch are handled, and their outputs taken. */
  void broadcast(Batch batch, long soonest) {
    batch.replyTo().tell(new Answered(group, batch.sequence(), soonest));
  }

  void turn(Work.OfTurn work, long soonest, int ports) {
    if (memory.isEmbedded()) {
      Elements outputs = byPort(work, ports)[Outputs.MAIN];
      ActorRef<BatchReply> receiver = timerOutputs;
      if (outputs != null && receiver != null) {
        memory.whenDurable(
            memory.sealedUpTo(), bytes -> receiver.tell(new BatchReply.Unasked(outputs)));
      }
      return;
    }
    GroupEvent done = work.done(group, soonest);
    send(work, ports, new GroupOutput.Accepted(work.replyTo.unsafeUpcast(), done));
  }

  /** One step of several is done; the group goes on when the outputs are taken. */
  void step(Work work, int ports, ActorRef<GroupCommand> self, GroupCommand.Internal goOn) {
    send(work, ports, new GroupOutput.Accepted(self.unsafeUpcast(), goOn));
  }

  /** What comes next stays here until the marker is on the home lanes. */
  void hold() {
    holding = true;
  }

  void letGo() {
    holding = false;
    held.forEach(Runnable::run);
    held.clear();
  }

  private void send(Work work, int ports, GroupOutput.Accepted accepted) {
    @Nullable Elements[] outputs = byPort(work, ports);
    if (holding) {
      held.add(() -> send(outputs, accepted));
    } else {
      send(outputs, accepted);
    }
  }

  private void send(@Nullable Elements[] outputs, GroupOutput.Accepted accepted) {
    for (Elements port : outputs) {
      if (port != null) {
        Objects.requireNonNull(home, "outputs before Start")
            .tell(new GroupOutput(open.stamp().attempt(), outputs, accepted));
        return;
      }
    }
    accepted.tell();
  }

  private static @Nullable Elements[] byPort(Work work, int ports) {
    int size = 0;
    for (KeySlot slot : work.slots) {
      size += slot.to - slot.from;
    }
    @Nullable Elements[] byPort = new Elements[ports];
    for (KeySlot slot : work.slots) {
      Outputs outputs = slot.outputs;
      Object key = slot.entry.key == GroupKey.INSTANCE ? null : slot.entry.key;
      for (int i = slot.from; i < slot.to; i++) {
        int port = outputs.port(i);
        Elements elements = byPort[port];
        if (elements == null) {
          elements = new Elements(port == Outputs.MAIN ? size : 8, port == Outputs.MAIN);
          byPort[port] = elements;
        }
        elements.add(key, outputs.value(i), outputs.timestamp(i));
      }
    }
    return byPort;
  }

  private static List<Result> perElement(Work.OfBatch work) {
    @Nullable Result[] results = new Result[work.batch.elements().size()];
    for (KeySlot slot : work.slots) {
      int from = slot.from;
      for (int i = slot.first; i >= 0; i = work.nextOf(i)) {
        Throwable failure = slot.failure != null ? slot.failure : work.failure(i);
        List<Object> outputs = new ArrayList<>(1);
        for (; from < work.end(i); from++) {
          if (slot.outputs.port(from) == Outputs.MAIN) {
            outputs.add(slot.outputs.value(from));
          }
        }
        results[i] = new Result(failure == null ? outputs : List.of(), failure);
      }
    }
    return Arrays.asList(results);
  }

  /** The group cannot go on: what has been worked but is not durable is refused. */
  void refuse(Throwable cause) {
    unanswered.forEach(batch -> refuse(batch, cause));
    unanswered.clear();
  }

  void refuse(Work work, Throwable cause) {
    if (work instanceof Work.OfBatch batch && batch.ends != null) {
      refuse(batch.batch, cause);
    }
  }

  void refuse(Batch batch, Throwable cause) {
    batch.replyTo().tell(new Refused(group, batch.sequence(), cause));
  }
}
