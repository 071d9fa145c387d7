package dev.keyling.sharding.job;

import dev.keyling.actors.Elements;
import dev.keyling.connector.CommittingWriter;
import dev.keyling.connector.IdempotentSink;
import dev.keyling.connector.Restored;
import dev.keyling.connector.SinkWriter;
import dev.keyling.function.CheckpointListener;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.sharding.lane.LaneEvent;
import dev.keyling.sharding.lane.LaneReport;
import dev.keyling.sharding.lane.LaneReport.Release;
import dev.keyling.sharding.lane.SinkStage.Write;
import dev.keyling.sharding.lane.SinkStage.Written;
import dev.keyling.sharding.source.PekkoSink;
import dev.keyling.state.TypeInformation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a sink, in which all its lanes end. At a marker it stages what it has (prepare)
 * and lets the lanes go on; when the checkpoint is durable it publishes (commit). Blocks, so it
 * runs on a dispatcher of its own.
 */
final class SinkActor extends AbstractBehavior<Object> {
  private final Setup setup;
  private final SinkWriter<Object> writer;
  private final List<LaneReport> paused = new ArrayList<>();
  private final TreeMap<Long, byte[]> staged = new TreeMap<>();
  private int endedLanes;
  private boolean closed;
  private boolean failed;

  /**
   * What the sink needs to know.
   *
   * @param restored what the last completed checkpoint says; null without one
   * @param checkpoints whether there will be any
   */
  record Setup(
      int sink,
      int attempt,
      SinkNode node,
      int lanes,
      boolean checkpoints,
      @Nullable Restored restored,
      Consumer<JobMessage> job) {}

  /** The checkpoint is durable. */
  record Publish(long id) {}

  /** The checkpoint was given up. */
  record Abort(long id) {}

  /** The attempt is over: let go of everything. */
  record Close(org.apache.pekko.actor.typed.ActorRef<Done> replyTo) {}

  @SuppressWarnings("unchecked") // a sink only ever sees elements of its own stream
  private SinkActor(ActorContext<Object> context, Setup setup) throws Exception {
    super(context);
    this.setup = setup;
    this.writer =
        setup.node().sink() instanceof PekkoSink<?> pekko
            ? (SinkWriter<Object>) pekko.open(context.getSystem())
            : setup.node().sink() instanceof IdempotentSink<?> idempotent
                ? staging((IdempotentSink<Object>) idempotent)
                : (SinkWriter<Object>) setup.node().sink().open("0");
    if (writer instanceof CommittingWriter<Object> committing) {
      recover(committing);
    }
  }

  private SinkWriter<Object> staging(IdempotentSink<Object> sink) throws Exception {
    TypeInformation<Object> type = Objects.requireNonNull(setup.node().elementType());
    return new StagedOutputs(setup.node().stepId(), sink.open("0"), type.codec());
  }

  private void recover(CommittingWriter<Object> committing) throws Exception {
    try {
      committing.recover(setup.restored());
    } catch (Throwable e) {
      onStop(); // what it has locked must be free for the next attempt
      throw e;
    }
  }

  /** Opens and recovers the sink; what that throws goes to the job. */
  static Behavior<Object> create(Setup setup) {
    return Behaviors.setup(
        context -> {
          try {
            SinkActor actor = new SinkActor(context, setup);
            setup.job().accept(new JobMessage.SinksReady(setup.attempt()));
            return actor;
          } catch (Exception | Error e) {
            setup.job().accept(new JobMessage.AttemptFailed(setup.attempt(), e));
            return Behaviors.receive(Object.class)
                .onMessage(
                    Close.class,
                    close -> {
                      close.replyTo().tell(Done.getInstance());
                      return Behaviors.stopped();
                    })
                .onAnyMessage(other -> Behaviors.same())
                .build();
          }
        });
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(Write.class, write -> guarded(() -> write(write)))
        .onMessage(LaneReport.class, report -> guarded(() -> report(report)))
        .onMessage(Publish.class, publish -> guarded(() -> publish(publish.id())))
        .onMessage(Abort.class, abort -> guarded(() -> abort(abort.id())))
        .onMessage(Close.class, this::onClose)
        .onSignal(PostStop.class, signal -> onStop())
        .build();
  }

  private interface Action {
    void run() throws Exception;
  }

  private Behavior<Object> guarded(Action action) {
    if (!closed && !failed) {
      try {
        action.run();
      } catch (Exception | Error e) {
        failed = true; // nothing behind it counts
        setup.job().accept(new JobMessage.AttemptFailed(setup.attempt(), e));
      }
    }
    return this;
  }

  private void write(Write write) throws Exception {
    for (Elements elements : write.runs()) {
      for (int i = 0; i < elements.size(); i++) {
        writer.write(elements.value(i));
      }
    }
    if (!(writer instanceof CommittingWriter<Object>)) {
      writer.flush();
    }
    write.replyTo().tell(Written.DONE, ActorRef.noSender());
  }

  private void report(LaneReport report) throws Exception {
    if (report.event() instanceof LaneEvent.Marker marker) {
      paused.add(report);
      if (paused.size() == setup.lanes()) {
        prepare(marker.id());
        paused.forEach(this::release);
        paused.clear();
      }
    } else {
      endedLanes++;
      release(report);
      if (endedLanes == setup.lanes()) {
        end();
      }
    }
  }

  private void release(LaneReport lane) {
    lane.replyTo().tell(new Release(lane.event(), Long.MIN_VALUE), ActorRef.noSender());
  }

  private void prepare(long id) throws Exception {
    byte[] handle = {};
    if (writer instanceof CommittingWriter<Object> committing) {
      handle = committing.prepare(id);
      staged.put(id, handle);
    } else {
      writer.flush();
    }
    setup.job().accept(new JobMessage.SinkPrepared(setup.attempt(), id, setup.sink(), handle));
  }

  private void end() throws Exception {
    if (!setup.checkpoints() && writer instanceof CommittingWriter<Object> committing) {
      committing.commit(1, committing.prepare(1));
    }
    writer.flush();
    setup.job().accept(new JobMessage.EndReached(setup.attempt()));
  }

  private void publish(long id) throws Exception {
    if (writer instanceof CommittingWriter<Object> committing) {
      byte[] handle = staged.get(id);
      if (handle != null) {
        committing.commit(id, handle);
      }
      staged.headMap(id, true).clear(); // a handle covers what given-up checkpoints staged
    }
    if (writer instanceof CheckpointListener listener) {
      listener.notifyCheckpointComplete(id);
    }
    setup.job().accept(new JobMessage.SinkPublished(setup.attempt(), id, setup.sink()));
  }

  private void abort(long id) throws Exception {
    if (writer instanceof CheckpointListener listener) {
      listener.notifyCheckpointAborted(id);
    }
  }

  private Behavior<Object> onClose(Close close) {
    onStop();
    close.replyTo().tell(Done.getInstance());
    return Behaviors.stopped();
  }

  private Behavior<Object> onStop() {
    if (!closed) {
      closed = true;
      try {
        writer.close();
      } catch (Exception e) {
        getContext().getLog().warn("closing sink \"{}\" failed", setup.node().stepId(), e);
      }
    }
    return this;
  }
}
