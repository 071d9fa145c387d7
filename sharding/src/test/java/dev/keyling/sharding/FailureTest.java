package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.JobFailedException;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.Position;
import dev.keyling.connector.Sinks;
import dev.keyling.connector.Source;
import dev.keyling.connector.SourceReader;
import dev.keyling.semantics.Proves;
import dev.keyling.state.Codec;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.ValueStateDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever throws fails the job, with a message that says where; nothing hangs. */
class FailureTest {
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
    Dataflow flow = Dataflow.named("failing-" + flows++);
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

  @Test
  @Proves("decision 14")
  void aFunctionThatThrowsIsNamedWithItsStepKeyAndElement() {
    Dataflow flow = flow();
    flow.fromCollection("in", List.of("a", "b"))
        .keyBy(word -> word)
        .map(
            "sharp",
            ctx ->
                word -> {
                  if (word.equals("b")) {
                    throw new IOException("blunt");
                  }
                  return word;
                })
        .to("out", Sinks.collect(out));
    assertThat(failureOf(flow))
        .contains("failing-", "step \"sharp\"", "key \"b\"", "java.io.IOException: blunt", "on b");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStatelessFunctionThatThrowsFailsTheJob(boolean error) {
    Dataflow flow = flow();
    flow.fromCollection("in", List.of(1, 2))
        .map(
            i -> {
              if (error) {
                throw new NoClassDefFoundError("no such class");
              }
              throw new IOException("no such file");
            })
        .to("out", Sinks.collect(out));
    assertThat(failureOf(flow)).contains(error ? "no such class" : "no such file");
  }

  @Test
  @Proves("decision 7")
  void aKeyFunctionThatGivesNullIsRefused() {
    Dataflow flow = flow();
    flow.fromCollection("in", List.of("a"))
        .keyBy(word -> (String) null)
        .map("step", ctx -> word -> word)
        .to("out", Sinks.collect(out));
    assertThat(failureOf(flow)).contains("keyBy gave null for a");
  }

  @Test
  void aKeyOfAnUndeclaredTypeIsRefused() {
    Dataflow flow = flow();
    flow.fromCollection("in", List.of("a"))
        .keyBy(word -> Optional.of(word))
        .map("step", ctx -> word -> word)
        .to("out", Sinks.collect(out));
    assertThat(failureOf(flow)).contains("step \"step\"", "java.util.Optional");
  }

  @Test
  void aFactoryThatThrowsIsNamedWithItsStepAndKey() {
    Dataflow flow = flow();
    flow.fromCollection("in", List.of("a"))
        .keyBy(word -> word)
        .<String>map(
            "made",
            ctx -> {
              throw new IllegalStateException("no function today");
            })
        .to("out", Sinks.collect(out));
    assertThat(failureOf(flow)).contains("step \"made\"", "key \"a\"", "no function today");
  }

  @Test
  @Proves("error 6")
  void aSourceThatBreaksInTheMiddleFailsTheJob() {
    Dataflow flow = flow();
    flow.from("in", CrashingSource.of(10, i -> i).crashingAt(5)).to("out", Sinks.collect(out));
    assertThat(failureOf(flow)).contains("crash before element 5");
  }

  private record Unlistable() implements Source<String> {
    @Override
    public List<String> partitions() throws Exception {
      throw new IOException("nothing to list");
    }

    @Override
    public SourceReader<String> open(String partition, Optional<Position> from) {
      throw new AssertionError("not to be opened");
    }
  }

  @Test
  void aJobWhoseSourceCannotBeListedDoesNotStart() {
    Dataflow flow = flow().setRestartStrategy(RestartStrategy.fixedDelay(1000, Duration.ZERO));
    flow.from("in", new Unlistable()).to("out", Sinks.collect(out));
    assertThat(failureOf(flow)).contains("nothing to list");
  }

  @Test
  void aSourceWithoutPartitionsIsRefused() {
    Dataflow flow = flow();
    flow.from("in", new CrashingSource<>(0, 0, i -> i)).to("out", Sinks.collect(out));
    assertThat(failureOf(flow)).contains("source \"in\" has no partitions");
  }

  /** Encodes no number above 5. */
  private record UpToFive() implements Codec<Long>, TypeInformation<Long> {
    @Override
    public byte[] encode(Long value) {
      if (value > 5) {
        throw new IllegalArgumentException("more than five: " + value);
      }
      return new byte[] {value.byteValue()};
    }

    @Override
    public Long decode(byte[] bytes) {
      return (long) bytes[0];
    }

    @Override
    public String describe() {
      return "up to five";
    }

    @Override
    public boolean isImmutable() {
      return true;
    }

    @Override
    public Codec<Long> codec() {
      return this;
    }
  }

  @Test
  void aCodecThatThrowsWhenTheCommitIsEncodedFailsTheJob() {
    Dataflow flow = flow();
    flow.from("in", CrashingSource.of(10, i -> (long) i).endless())
        .keyBy(i -> 1)
        .map(
            "store",
            ctx -> {
              var last = ctx.getState(new ValueStateDescriptor<>("last", new UpToFive()));
              return (Long i) -> {
                last.update(i);
                return i;
              };
            })
        .to("out", Sinks.collect(out));
    assertThat(failureOf(flow)).contains("more than five");
  }

  @Test
  void theNextJobRunsAfterOneThatFailed() {
    assertThatThrownBy(() -> system.finish(flow())).isInstanceOf(IllegalArgumentException.class);
    Dataflow flow = flow();
    flow.fromCollection("in", List.of(1)).to("out", Sinks.collect(out));
    system.finish(flow);
    assertThat(out).containsExactly(1);
  }
}
