package dev.keyling.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.KeyView;
import dev.keyling.actors.GroupCommand.Open;
import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.actors.StepHost.Commits;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.Outputs;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.Segment;
import dev.keyling.persistence.leveldb.EmbeddedStore;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.plan.Arrival;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;

/**
 * Drives one key group by hand, as step and coordinator do: opens it for an attempt, sends batches,
 * seals and completes checkpoints. The store is real.
 */
final class GroupDriver implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ActorTestKit kit;
  private final TestProbe<GroupEvent> events;
  private final TestProbe<BatchReply> replies;
  final MainOutput home;
  private final StepDefinition<Object, Object, Object> step;
  private final InstantSource clock;
  final List<Segment> segments = new ArrayList<>();
  private ActorRef<GroupCommand> group;
  private int attempt;
  private long firstId = 1;
  private long epoch;
  private long sequence;

  GroupDriver(
      Path dir,
      InstantSource clock,
      Function<RuntimeContext, ? extends KeyedProcessFunction<String, ?, ?>> factory,
      String... settings) {
    this(dir, clock, Steps.of(factory), settings);
  }

  GroupDriver(
      Path dir,
      InstantSource clock,
      StepDefinition<Object, Object, Object> step,
      String... settings) {
    Map<String, String> all = new HashMap<>();
    all.put("keyling.persistence.leveldb.dir", dir.toString());
    all.put("keyling.actors.flush-interval", "1d");
    all.put("pekko.loglevel", "OFF");
    all.put("pekko.stdout-loglevel", "OFF");
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    Config config = ConfigFactory.parseMap(all).withFallback(ConfigFactory.load());
    this.kit = ActorTestKit.create("group", config);
    this.clock = clock;
    this.step = step;
    this.events = kit.createTestProbe();
    this.replies = kit.createTestProbe();
    this.home = new MainOutput(kit);
    this.group = spawn();
  }

  private ActorRef<GroupCommand> spawn() {
    ActorsSettings settings = ActorsSettings.from(kit.system().settings().config());
    StepHost host = StepHost.of(step, Commits.CHECKPOINTS, rows(), settings, clock);
    return kit.spawn(KeyGroup.create(() -> host, 0));
  }

  ActorSystem<?> system() {
    return kit.system();
  }

  RowStore rows() {
    return store().rows();
  }

  LevelDbStore store() {
    return EmbeddedStore.get(kit.system()).store();
  }

  /** Returns how often the store was synchronized. */
  long syncs() {
    return EmbeddedStore.get(kit.system()).store().counts().syncs();
  }

  /** Begins the next attempt, from what is complete; its ids follow after a gap. */
  void open() {
    tellOpen();
    next(GroupEvent.Opened.class);
    group.tell(new GroupCommand.Start(attempt, home.ref()));
  }

  private void tellOpen() {
    attempt++;
    sequence = 0;
    firstId = epoch + 10;
    epoch = firstId - 1;
    History history = History.of(segments);
    group.tell(new Open(stamp(), history, firstId, Long.MIN_VALUE, List.of(), events.getRef()));
  }

  private Stamp stamp() {
    return new Stamp(attempt, attempt, epoch);
  }

  /** Waits for an event of a kind; others that come before it are let pass. */
  <E extends GroupEvent> E next(Class<E> kind) {
    List<GroupEvent> seen =
        events.fishForMessage(
            PATIENCE,
            event ->
                kind.isInstance(event)
                    ? FishingOutcomes.complete()
                    : FishingOutcomes.continueAndIgnore());
    return kind.cast(seen.get(0));
  }

  /** Nothing comes of itself for a while. */
  void expectNothing() {
    events.expectNoMessage(Duration.ofMillis(100));
  }

  void awaitAssert(Runnable assertion) {
    events.awaitAssert(
        PATIENCE,
        () -> {
          assertion.run();
          return Done.getInstance();
        });
  }

  /** Sends a batch and waits until it is handled. */
  void batch(Object... keysAndValues) {
    tellBatch(attempt, sequence, keysAndValues);
    BatchReply reply = replies.receiveMessage(PATIENCE);
    if (reply instanceof BatchReply.Refused refused) {
      throw new AssertionError(refused.cause());
    }
  }

  /** Sends a batch as that of an attempt and with a number. */
  void tellBatch(int ofAttempt, long number, Object... keysAndValues) {
    Elements elements = new Elements(keysAndValues.length / 2, true);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      elements.add(keysAndValues[i], keysAndValues[i + 1], Outputs.NO_TIMESTAMP);
    }
    sequence = number + 1;
    Stamp stamp = new Stamp(ofAttempt, ofAttempt, epoch);
    group.tell(new Batch(stamp, 0, number, Long.MIN_VALUE, elements, replies.getRef()));
  }

  /** Sends a batch of broadcast elements and does not wait. */
  void tellBroadcast(Object... values) {
    Elements elements = new Elements(values.length, false);
    for (Object value : values) {
      elements.add(null, new Arrival.Broadcasted(value), Outputs.NO_TIMESTAMP);
    }
    group.tell(new Batch(stamp(), 0, sequence++, Long.MIN_VALUE, elements, replies.getRef()));
  }

  /** Sends a batch and does not wait. */
  void tellElements(Object... keysAndValues) {
    tellBatch(attempt, sequence, keysAndValues);
  }

  /** Waits for the answers of so many batches. */
  void answers(int count) {
    for (int i = 0; i < count; i++) {
      replies.expectMessageClass(BatchReply.Answered.class, PATIENCE);
    }
  }

  /** Returns the values on the main output so far. */
  List<Object> outputs() {
    return home.values();
  }

  int attempt() {
    return attempt;
  }

  /** Seals a checkpoint and waits until its commit is durable; returns its id. */
  long seal() {
    long id = tellSeal();
    next(GroupEvent.Committed.class);
    return id;
  }

  long tellSeal() {
    epoch++;
    group.tell(new GroupCommand.Seal(attempt, epoch, false, events.getRef()));
    return epoch;
  }

  /** A checkpoint is complete, and with it all that this attempt sealed before. */
  void complete(long id, Long... retained) {
    segments.removeIf(segment -> segment.attempt() == attempt);
    segments.add(new Segment(attempt, firstId - 1, id));
    group.tell(new GroupCommand.Complete(attempt, id, List.of(retained)));
  }

  /** Fires the processing-time timers that are due. */
  void fireTimers() {
    group.tell(new GroupCommand.FireTimers(stamp(), events.getRef()));
    next(GroupEvent.TurnDone.class);
  }

  /** Ends the input and waits until all keys know. */
  void endInput() {
    tellEndInput();
    next(GroupEvent.TurnDone.class);
  }

  void tellEndInput() {
    group.tell(new GroupCommand.EndInput(stamp(), events.getRef()));
  }

  /** Writes events into the journal of the group as they are, while no group is open. */
  void append(List<byte[]> parts) {
    TestProbe<Object> answers = kit.createTestProbe();
    GroupAddress address = new GroupAddress("flow", "step", 0);
    ActorRef<EventLog.Append> writer =
        kit.spawn(
            Behaviors.setup(
                context -> {
                  var log =
                      Adapter.actorOf(
                          context, EventLog.props(address.persistenceId(), answers.getRef()::tell));
                  return Behaviors.receiveMessage(
                      append -> {
                        log.tell(append, org.apache.pekko.actor.ActorRef.noSender());
                        return Behaviors.same();
                      });
                }));
    answers.expectMessageClass(EventLog.Recovered.class, PATIENCE);
    writer.tell(new EventLog.Append(1, parts));
    answers.expectMessageClass(EventLog.Appended.class, PATIENCE);
    kit.stop(writer, PATIENCE);
  }

  /** Has the next attempt find this stretch of history valid; it goes on behind it. */
  void valid(Segment segment) {
    segments.add(segment);
    attempt = Math.max(attempt, segment.attempt());
    epoch = Math.max(epoch, segment.to());
  }

  /** Shows what a key holds. */
  KeyView view(String key) {
    TestProbe<StatusReply<KeyView>> answer = kit.createTestProbe();
    group.tell(new GroupCommand.View(key, answer.getRef()));
    return answer.receiveMessage(PATIENCE).getValue();
  }

  /** Ends the group and puts another one in its place. */
  void replace() {
    TestProbe<Done> closed = kit.createTestProbe();
    group.tell(new GroupCommand.Close(closed.getRef()));
    closed.receiveMessage(PATIENCE);
    group = spawn();
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
