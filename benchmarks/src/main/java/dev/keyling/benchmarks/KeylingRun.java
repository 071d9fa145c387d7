package dev.keyling.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.RestartStrategy;
import dev.keyling.benchmarks.workload.Digest;
import dev.keyling.benchmarks.workload.Directories;
import dev.keyling.benchmarks.workload.Event;
import dev.keyling.benchmarks.workload.KeySequence;
import dev.keyling.benchmarks.workload.Measurement;
import dev.keyling.benchmarks.workload.Result;
import dev.keyling.benchmarks.workload.Workload;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.sharding.LocalSystem;
import dev.keyling.state.Types;
import dev.keyling.time.WatermarkStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.pekko.Done;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * One run of a workload on a store of its own.
 *
 * @param interval from one checkpoint to the next, where there are any
 * @param function what makes the function of the workload
 */
record KeylingRun(
    Measurement measurement,
    Mode mode,
    Duration interval,
    Function<RuntimeContext, KeyedProcessFunction<String, Event, Long>> function) {
  private static final String NAME = "keyling-bench";
  private static final String STEP = "step";

  /** Runs it and returns the result. */
  Result result() throws Exception {
    Path data = Files.createTempDirectory(NAME + "-");
    Config config =
        ConfigFactory.parseMap(Map.of("keyling.persistence.leveldb.dir", data.toString()));
    long stored;
    try (LocalSystem local = LocalSystem.start(NAME, config)) {
      if (mode == Mode.durable) {
        runEmbedded(local);
      } else {
        runDataflow(local);
      }
      stored = Directories.size(data);
    } finally {
      Directories.delete(data);
    }
    String checkpoints = mode == Mode.checkpointed ? Long.toString(interval.toMillis()) : "none";
    return measurement.result(mode.name(), checkpoints, stored);
  }

  private void runDataflow(LocalSystem local) {
    Dataflow flow = Dataflow.named("bench");
    flow.setRestartStrategy(RestartStrategy.none()); // a measurement with a failure is none
    if (mode == Mode.checkpointed) {
      flow.enableCheckpointing(interval);
    }
    DataStream<Event> events = flow.from("events", EventSource.of(measurement));
    if (measurement.workload() == Workload.W5) {
      KeySequence keys = measurement.keys();
      events =
          events.assignTimestampsAndWatermarks(
              event -> keys.timeOf(event.number()), WatermarkStrategy.forMonotonousTimestamps());
    }
    events.keyBy(Event::key).process(STEP, function).to("tally", new Tally(measurement));
    local.keyling().run(flow).completion().toCompletableFuture().join();
  }

  private void runEmbedded(LocalSystem local) throws Exception {
    KeySequence keys = measurement.keys();
    Digest came = new Digest();
    Source.fromJavaStream(
            () ->
                LongStream.range(0, measurement.events())
                    .peek(measurement::take)
                    .mapToObj(keys::at))
        .via(local.keyling().keyed(STEP, Types.STRING, function).flow(Event::key))
        .<CompletionStage<Done>>runWith(Sink.foreach(came::add), local.system())
        .toCompletableFuture()
        .get();
    measurement.end();
    measurement.add(came);
  }
}
