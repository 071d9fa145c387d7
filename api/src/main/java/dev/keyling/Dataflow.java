package dev.keyling;

import dev.keyling.checkpoint.CheckpointConfig;
import dev.keyling.checkpoint.CheckpointingMode;
import dev.keyling.connector.Source;
import dev.keyling.connector.Sources;
import dev.keyling.plan.DataflowRunner;
import dev.keyling.plan.Node;
import dev.keyling.plan.Node.SourceNode;
import dev.keyling.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program: sources, steps, sinks. Write it, then {@link #execute} it or give it to {@code
 * Keyling.run}. Not thread-safe while it is written.
 */
public final class Dataflow {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern STEP_ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final String name;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> stepIds = new HashMap<>();
  private final CheckpointConfig checkpoints = new CheckpointConfig();
  private final Map<String, String> parameters = new HashMap<>();
  private int sides;
  private @Nullable RestartStrategy restarts;

  private Dataflow(String name) {
    this.name = name;
  }

  /**
   * Begins a dataflow. State is stored under its name.
   *
   * @param name 1 to 64 of a–z, 0–9 and -
   */
  public static Dataflow named(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a dataflow's name is 1 to 64 of a-z, 0-9 and -, not \"" + name + "\"");
    }
    return new Dataflow(name);
  }

  /** Reads a source. */
  public <T> DataStream<T> from(String stepId, Source<T> source) {
    claim(stepId, "a source");
    return new PlannedStream<>(this, add(new SourceNode(stepId, source)));
  }

  /** Reads a collection, as it is now. */
  public <T> DataStream<T> fromCollection(String stepId, Collection<? extends T> elements) {
    return from(stepId, Sources.<T>collection(elements));
  }

  /** Takes an exactly-once checkpoint at this interval. */
  public Dataflow enableCheckpointing(Duration interval) {
    checkpoints.setCheckpointInterval(interval);
    return this;
  }

  /** Takes a checkpoint at this interval. */
  public Dataflow enableCheckpointing(Duration interval, CheckpointingMode mode) {
    checkpoints.setCheckpointInterval(interval).setCheckpointingMode(mode);
    return this;
  }

  public CheckpointConfig getCheckpointConfig() {
    return checkpoints;
  }

  /**
   * Sets what a failure does. Without it: exponential delay from 1 s to 1 min if checkpointing is
   * on, else none.
   */
  public Dataflow setRestartStrategy(RestartStrategy strategy) {
    restarts = strategy;
    return this;
  }

  /**
   * Tells all functions something, which they read with {@code parameter(name)} of their context. A
   * running job keeps what was set when it started; nothing of it is stored.
   *
   * @param name any text but the empty one; setting it again replaces the value
   */
  public Dataflow setParameter(String name, String value) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "dataflow \"" + this.name + "\": the name of a parameter is empty; give it one");
    }
    parameters.put(name, Objects.requireNonNull(value, "the value of a parameter"));
    return this;
  }

  /**
   * Runs the dataflow by itself, on an actor system of its own, and blocks until it has ended.
   *
   * @throws JobFailedException if it failed; the cause says why
   * @throws IllegalStateException without {@code keyling-sharding} on the class path
   */
  public void execute() {
    DataflowRunner runner =
        ServiceLoader.load(DataflowRunner.class)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "execute() needs keyling-sharding on the class path at run time"));
    runner.execute(plan());
  }

  /** Returns the dataflow as it is now, checked, for whoever runs it. */
  public Plan plan() {
    if (nodes.stream().noneMatch(SourceNode.class::isInstance)) {
      throw new IllegalArgumentException("dataflow \"" + name + "\" has no source: add from(…)");
    }
    RestartStrategy strategy = restarts;
    if (strategy == null) {
      strategy =
          checkpoints.isCheckpointingEnabled()
              ? RestartStrategy.exponentialDelay()
              : RestartStrategy.none();
    }
    return new Plan(name, nodes, checkpoints.resolved(name), strategy, parameters);
  }

  <N extends Node> N add(N node) {
    nodes.add(node);
    return node;
  }

  /** Returns a number for a side of a join: the same in each run of the program. */
  int nextSide() {
    return ++sides;
  }

  /** Takes an id for a step; refuses one that is taken. */
  void claim(String stepId, String what) {
    requireStepId(stepId);
    String other = stepIds.putIfAbsent(stepId, what);
    if (other != null) {
      throw new IllegalArgumentException(
          "dataflow \"%s\" has two steps with the id \"%s\": %s and %s; give one of them another"
              .formatted(name, stepId, other, what));
    }
  }

  /** Refuses what cannot be the id of a step. */
  public static void requireStepId(String stepId) {
    if (!STEP_ID.matcher(stepId).matches()) {
      throw new IllegalArgumentException(
          "a step id is 1 to 64 of A-Z, a-z, 0-9, _ . and -, not \"" + stepId + "\"");
    }
  }

  @Override
  public String toString() {
    return "Dataflow " + name;
  }
}
