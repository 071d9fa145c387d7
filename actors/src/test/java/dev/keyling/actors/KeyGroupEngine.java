package dev.keyling.actors;

import dev.keyling.Dataflow;
import dev.keyling.KeyView;
import dev.keyling.actors.GroupCommand.Open;
import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.actors.StepHost.Commits;
import dev.keyling.connector.Sinks;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Segment;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Plan;
import dev.keyling.semantics.world.Engine;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.semantics.world.Stored;
import dev.keyling.testing.TestingSource;
import dev.keyling.time.TimestampedValue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/** One key group that holds all keys of a step, driven as its stage and coordinator would. */
final class KeyGroupEngine implements Engine {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MANY_ROUNDS = 1000;

  private final ActorTestKit kit;
  private final String dataflow;
  private final InstantSource clock;
  private final TestProbe<Object> answers;
  private final HomeLane home;
  private final List<Segment> segments = new ArrayList<>();
  private StepDefinition<Object, Object, Object> definition;
  private WayIn wayIn;
  private @Nullable ActorRef<GroupCommand> group;
  private boolean isOpen;
  private int attempt;
  private long firstId;
  private long epoch;
  private long sequence;
  private long watermark = Long.MIN_VALUE;

  KeyGroupEngine(
      ActorTestKit kit, String dataflow, StepUnderTest<?, ?, ?> step, InstantSource clock) {
    this.kit = kit;
    this.dataflow = dataflow;
    this.clock = clock;
    this.answers = kit.createTestProbe();
    this.home = new HomeLane(kit);
    program(step);
  }

  private <K, I, O> void program(StepUnderTest<K, I, O> step) {
    Dataflow flow = Dataflow.named(dataflow);
    step.connect(flow.from("in", TestingSource.<I>of()), port -> Sinks.collect(new ArrayList<>()));
    Plan plan = flow.plan();
    KeyedNode node = plan.steps().get(0);
    wayIn = new WayIn(node);
    definition = definitionOf(plan, node);
  }

  private StepDefinition<Object, Object, Object> definitionOf(Plan plan, KeyedNode node) {
    String where = "dataflow \"%s\" step \"%s\"".formatted(dataflow, node.stepId());
    return new StepDefinition<>(
        dataflow,
        node.stepId(),
        KeyCodec.of(node.keyType(), where),
        1,
        node.factory(),
        plan.sideOutputsOf(node),
        plan.skipsErrors(node),
        node.broadcast());
  }

  @Override
  public String dataflow() {
    return dataflow;
  }

  @Override
  public int keyGroups() {
    return 1;
  }

  private ActorRef<GroupCommand> group() {
    if (group == null) {
      ActorsSettings settings = ActorsSettings.from(kit.system().settings().config());
      StepHost host = StepHost.of(definition, Commits.CHECKPOINTS, new NoRows(), settings, clock);
      group = kit.spawn(KeyGroup.create(() -> host, 0));
    }
    if (!isOpen) {
      isOpen = true;
      attempt++;
      sequence = 0;
      firstId = epoch + 10; // a gap, as between reserved blocks
      epoch = firstId - 1;
      group.tell(
          new Open(
              stamp(),
              History.of(segments),
              firstId,
              watermark,
              List.of(),
              answers.getRef().narrow()));
      answer(GroupEvent.Opened.class);
      group.tell(new GroupCommand.Start(attempt, home.ref()));
    }
    return group;
  }

  private Stamp stamp() {
    return new Stamp(attempt, attempt, epoch);
  }

  /** Waits for an answer; a failure of this attempt that comes instead ends it, and is thrown. */
  private <A> A answer(Class<A> kind) {
    while (true) {
      Object message = answers.receiveMessage(PATIENCE);
      if (kind.isInstance(message)) {
        return kind.cast(message);
      }
      if (message instanceof GroupEvent.Failed failed && failed.attempt() == attempt) {
        isOpen = false;
        home.forgetFresh();
        throw (RuntimeException) failed.cause();
      }
    }
  }

  @Override
  public void elements(List<Arrival> arrivals) {
    Elements elements = new Elements(arrivals.size(), true);
    for (Arrival arrival : arrivals) {
      for (WayIn.Keyed each : wayIn.of(arrival.element())) {
        if (each.isBroadcast()) {
          batch(elements);
          Elements alone = new Elements(1, false);
          alone.add(null, each.value(), arrival.timestamp());
          batch(alone);
          elements = new Elements(arrivals.size(), true);
        } else {
          definition.keys().hash(each.key()); // as the stage does: refuses what is no key
          elements.add(each.key(), each.value(), arrival.timestamp());
        }
      }
    }
    batch(elements);
    checkpoint();
  }

  private void batch(Elements elements) {
    if (!elements.isEmpty()) {
      ActorRef<GroupCommand> to = group();
      to.tell(new Batch(stamp(), 0, sequence++, watermark, elements, answers.getRef().narrow()));
      answer(BatchReply.Answered.class);
    }
  }

  @Override
  public void watermark(long newWatermark) {
    if (newWatermark <= watermark) {
      return; // as the barrier does: that is no advance
    }
    group()
        .tell(new GroupCommand.AdvanceWatermark(stamp(), newWatermark, answers.getRef().narrow()));
    answer(GroupEvent.TurnDone.class);
    watermark = newWatermark;
    checkpoint();
  }

  @Override
  public void end() {
    watermark(Long.MAX_VALUE);
    group().tell(new GroupCommand.EndInput(stamp(), answers.getRef().narrow()));
    answer(GroupEvent.TurnDone.class);
    checkpoint();
  }

  @Override
  public void fireTimers(BooleanSupplier noneIsDue) {
    for (int round = 0; !noneIsDue.getAsBoolean(); round++) {
      if (round == MANY_ROUNDS) {
        throw new AssertionError("timers are still due after " + round + " rounds");
      }
      group().tell(new GroupCommand.FireTimers(stamp(), answers.getRef().narrow()));
      answer(GroupEvent.TurnDone.class);
      checkpoint();
    }
  }

  private void checkpoint() {
    epoch++;
    group().tell(new GroupCommand.Seal(attempt, epoch, false, answers.getRef().narrow()));
    answer(GroupEvent.Committed.class);
    segments.removeIf(segment -> segment.attempt() == attempt);
    segments.add(new Segment(attempt, firstId - 1, epoch));
    group().tell(new GroupCommand.Complete(attempt, epoch, List.of()));
    home.keepFresh();
  }

  @Override
  public List<TimestampedValue<Object>> take(int port) {
    return home.take(port);
  }

  @Override
  public KeyView view(Object ofKey) {
    TestProbe<StatusReply<KeyView>> view = kit.createTestProbe();
    group().tell(new GroupCommand.View(ofKey, view.getRef()));
    KeyView seen = view.receiveMessage(PATIENCE).getValue();
    view.stop();
    return seen;
  }

  @Override
  public Collection<Stored> stored() {
    try {
      GroupAddress address = new GroupAddress(dataflow, definition.stepId(), 0);
      return StoredGroups.read(kit.system(), new NoRows(), address);
    } catch (Exception e) {
      throw new AssertionError("what is stored could not be read", e);
    }
  }

  @Override
  public void restart(StepUnderTest<?, ?, ?> next, Runnable meanwhile) {
    close();
    meanwhile.run();
    program(next);
    group().tell(new GroupCommand.FireTimers(stamp(), answers.getRef().narrow()));
    answer(GroupEvent.TurnDone.class); // keys may have been given a time to live
    checkpoint();
  }

  @Override
  public void close() {
    if (group != null) {
      group.tell(new GroupCommand.Close(answers.getRef().narrow()));
      answer(Done.class);
      group = null;
      isOpen = false;
    }
  }
}
