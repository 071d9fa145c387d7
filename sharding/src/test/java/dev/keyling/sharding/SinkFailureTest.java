package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.JobFailedException;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.connector.CommittingWriter;
import dev.keyling.connector.ExactlyOnceSink;
import dev.keyling.connector.Restored;
import dev.keyling.connector.SinkWriter;
import dev.keyling.connector.Sinks;
import dev.keyling.semantics.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink that throws or refuses fails the attempt; a later one can do better. */
class SinkFailureTest {
  @TempDir static Path dir;
  private static TestSystem system;
  private static int flows;

  private final List<Object> out = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void startSystem() {
    system = TestSystem.start(dir);
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  private static Dataflow flow() {
    Dataflow flow = Dataflow.named("failing-sink-" + flows++);
    return flow.enableCheckpointing(Duration.ofMillis(20))
        .setRestartStrategy(RestartStrategy.none());
  }

  private static String failureOf(Dataflow flow) {
    try {
      system.finish(flow);
    } catch (JobFailedException e) {
      return e.getMessage();
    }
    throw new AssertionError("the job did not fail");
  }

  private static AtLeastOnceSink<Object> failing(Throwable failure) {
    return partition ->
        new SinkWriter<>() {
          @Override
          public void write(Object element) throws Exception {
            if (failure instanceof Error error) {
              throw error;
            }
            throw (Exception) failure;
          }

          @Override
          public void close() {}
        };
  }

  @Test
  @Proves("error 6")
  void aSinkThatThrowsFailsTheJob() {
    Dataflow flow = flow();
    flow.fromCollection("in", List.of(1)).to("out", failing(new IOException("disk full")));
    assertThat(failureOf(flow)).contains("disk full");
    Dataflow worse = flow();
    worse.fromCollection("in", List.of(1)).to("out", failing(new AssertionError("a bug")));
    assertThat(failureOf(worse)).contains("a bug");
  }

  @Test
  void aSinkThatIsRefusedCanBeOpenedByTheNextJob() throws IOException {
    Path taken = dir.resolve("taken.txt");
    Files.writeString(taken, "not ours\n");
    Dataflow flow = flow();
    flow.fromCollection("in", List.of("a")).to("out", Sinks.lines(taken));
    assertThat(failureOf(flow)).contains("taken.txt", "already holds 9 bytes");
    Files.delete(taken);
    Dataflow next = flow();
    next.fromCollection("in", List.of("a")).to("out", Sinks.lines(taken));
    system.finish(next);
    assertThat(taken).hasContent("a");
  }

  /** Fails to prepare until it has been asked often enough; publishes what it was given. */
  private record Reluctant(AtomicInteger refusals, List<Object> published)
      implements ExactlyOnceSink<Object> {
    @Override
    public CommittingWriter<Object> open(String partition) {
      List<Object> staged = new ArrayList<>();
      return new CommittingWriter<>() {
        @Override
        public void write(Object element) {
          staged.add(element);
        }

        @Override
        public byte[] prepare(long checkpointId) throws IOException {
          if (refusals.getAndDecrement() > 0) {
            throw new IOException("not now");
          }
          return new byte[] {1};
        }

        @Override
        public void commit(long checkpointId, byte[] handle) {
          published.addAll(staged);
          staged.clear();
        }

        @Override
        public void recover(Restored restored) {}

        @Override
        public void close() {}
      };
    }
  }

  @Test
  void aSinkThatCannotStageStartsTheNextAttempt() {
    Dataflow flow = flow().setRestartStrategy(RestartStrategy.fixedDelay(2, Duration.ZERO));
    flow.fromCollection("in", List.of(1, 2, 3)).to("out", new Reluctant(new AtomicInteger(2), out));
    system.finish(flow);
    assertThat(out).containsExactly(1, 2, 3);
  }
}
