package dev.keyling.benchmarks.flink;

import dev.keyling.benchmarks.workload.Directories;
import dev.keyling.benchmarks.workload.Measurement;
import dev.keyling.benchmarks.workload.Result;
import dev.keyling.benchmarks.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * One run of a workload in a cluster of two slots in this JVM.
 *
 * @param interval from one checkpoint to the next; null for none
 */
record FlinkRun(Measurement measurement, Backend backend, @Nullable Duration interval) {
  private static final int LANES = 2;
  private static final MemorySize FOR_ROCKSDB = MemorySize.ofMebiBytes(512);

  /** Elements are keys, amounts and numbers. */
  static final TypeInformation<Tuple3<String, Long, Long>> EVENT =
      Types.TUPLE(Types.STRING, Types.LONG, Types.LONG);

  /** Runs it and returns the result. */
  Result result() throws Exception {
    Path data = Files.createTempDirectory("keyling-bench-flink-");
    long stored;
    try {
      run(data);
      stored = Directories.size(data);
    } finally {
      Directories.delete(data);
    }
    String checkpoints = interval == null ? "none" : Long.toString(interval.toMillis());
    return measurement.result("flink-" + backend, checkpoints, stored);
  }

  private void run(Path data) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(LANES, configuration(data));
    if (interval != null) {
      env.enableCheckpointing(interval.toMillis()); // exactly once, if nothing else is said
    }
    WatermarkStrategy<Tuple3<String, Long, Long>> watermarks =
        measurement.workload() == Workload.W5
            ? WatermarkStrategy.<Tuple3<String, Long, Long>>forMonotonousTimestamps()
                .withTimestampAssigner(new Times())
            : WatermarkStrategy.noWatermarks();
    UnderMeasurement.begin(measurement);
    env.fromSource(
            new DataGeneratorSource<>(
                new Generator(measurement.events()), measurement.events(), EVENT),
            watermarks,
            "events",
            EVENT)
        .keyBy(event -> event.f0)
        .process(Functions.of(measurement.workload()), Types.LONG)
        .sinkTo(new Tally());
    env.execute("bench");
  }

  private Configuration configuration(Path data) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    configuration.set(StateBackendOptions.STATE_BACKEND, backend.setting());
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, data.resolve("checkpoints").toUri().toString());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, FOR_ROCKSDB);
    return configuration;
  }
}
