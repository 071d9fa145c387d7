package dev.keyling.kernel;

import dev.keyling.DeadLetter;
import dev.keyling.OutputTag;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.plan.Arrival;
import dev.keyling.plan.OperatorFunction;
import dev.keyling.state.StateDescriptor;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one keyed step is: its names, keys, function and outputs. Shared by all its keys, threads
 * included; otherwise it is nothing but data.
 */
public final class StepDefinition<K, I, O> {
  private final String dataflow;
  private final String stepId;
  private final KeyCodec<K> keys;
  private final int keyGroups;
  private final Function<RuntimeContext, ? extends KeyedProcessFunction<K, I, O>> factory;
  private final List<OutputTag<?>> sideOutputs;
  private final boolean skipsErrors;
  private final Map<String, String> parameters;
  private final @Nullable
      Function<RuntimeContext, ? extends KeyedBroadcastProcessFunction<K, ?, Object, O>>
      broadcast;
  private final Map<String, StateEntries> states = new ConcurrentHashMap<>();

  /** A function has been made, so that the states are known that it declares first. */
  private volatile boolean knowsStates;

  /**
   * @param sideOutputs those that somebody listens to; the n-th is port n + 1
   * @param skipsErrors whether an element whose turn throws becomes a {@link DeadLetter}, on the
   *     port after the last side output, instead of failing
   */
  public StepDefinition(
      String dataflow,
      String stepId,
      KeyCodec<K> keys,
      int keyGroups,
      Function<RuntimeContext, ? extends KeyedProcessFunction<K, I, O>> factory,
      List<OutputTag<?>> sideOutputs,
      boolean skipsErrors) {
    this(dataflow, stepId, keys, keyGroups, factory, sideOutputs, skipsErrors, null);
  }

  /**
   * @param broadcast makes what handles broadcast elements; null if there are none
   */
  public StepDefinition(
      String dataflow,
      String stepId,
      KeyCodec<K> keys,
      int keyGroups,
      Function<RuntimeContext, ? extends KeyedProcessFunction<K, I, O>> factory,
      List<OutputTag<?>> sideOutputs,
      boolean skipsErrors,
      @Nullable Function<RuntimeContext, ? extends KeyedBroadcastProcessFunction<K, ?, Object, O>>
          broadcast) {
    this(dataflow, stepId, keys, keyGroups, factory, sideOutputs, skipsErrors, broadcast, Map.of());
  }

  private StepDefinition(
      String dataflow,
      String stepId,
      KeyCodec<K> keys,
      int keyGroups,
      Function<RuntimeContext, ? extends KeyedProcessFunction<K, I, O>> factory,
      List<OutputTag<?>> sideOutputs,
      boolean skipsErrors,
      @Nullable Function<RuntimeContext, ? extends KeyedBroadcastProcessFunction<K, ?, Object, O>>
          broadcast,
      Map<String, String> parameters) {
    this.dataflow = dataflow;
    this.stepId = stepId;
    this.keys = keys;
    this.keyGroups = keyGroups;
    this.factory = factory;
    this.sideOutputs = List.copyOf(sideOutputs);
    this.skipsErrors = skipsErrors;
    this.broadcast = broadcast;
    this.parameters = parameters;
  }

  /** Returns the same step, whose functions are told the parameters of a job. */
  public StepDefinition<K, I, O> withParameters(Map<String, String> ofJob) {
    return new StepDefinition<>(
        dataflow,
        stepId,
        keys,
        keyGroups,
        factory,
        sideOutputs,
        skipsErrors,
        broadcast,
        Map.copyOf(ofJob));
  }

  public String dataflow() {
    return dataflow;
  }

  public String stepId() {
    return stepId;
  }

  public KeyCodec<K> keys() {
    return keys;
  }

  public int keyGroups() {
    return keyGroups;
  }

  /** Makes the function of a key. */
  KeyedProcessFunction<K, I, O> function(RuntimeContext own) {
    KeyedProcessFunction<K, I, O> function = factory.apply(own);
    if (!knowsStates) {
      knowsStates = true;
    }
    return function;
  }

  Map<String, String> parameters() {
    return parameters;
  }

  /** Tells whether it is an operator: each key is a partition, which is never let sleep. */
  public boolean isOperator() {
    return factory instanceof OperatorFunction.Factory;
  }

  /** Tells whether there are broadcast elements. */
  public boolean hasBroadcast() {
    return broadcast != null;
  }

  Function<RuntimeContext, ? extends KeyedBroadcastProcessFunction<K, ?, Object, O>>
      broadcastFactory() {
    return Objects.requireNonNull(broadcast, "no broadcast elements");
  }

  /** Returns the port of a side output, -1 if nobody listens. */
  int portOf(OutputTag<?> tag) {
    return sideOutputs.indexOf(tag) + (sideOutputs.contains(tag) ? 1 : 0);
  }

  /** Returns the number of ports: main, side outputs, dead letters. */
  public int ports() {
    return sideOutputs.size() + (skipsErrors ? 2 : 1);
  }

  /** Names the entries of a state; refuses a name that another kind or type already has. */
  StateEntries entriesOf(StateKind kind, StateDescriptor<?> descriptor) {
    String description = StateEntries.describe(kind, descriptor);
    if (isOperator() && descriptor.getTtlConfig().isEnabled()) {
      throw new IllegalArgumentException(
          "%s: the state \"%s\" of an operator has a time to live, which only states of keys can have; leave it out, or use keyBy"
              .formatted(where(), descriptor.getName()));
    }
    StateEntries entries =
        states.computeIfAbsent(descriptor.getName(), name -> new StateEntries(kind, descriptor));
    if (!entries.description().equals(description)) {
      throw new IllegalArgumentException(
          "%s declares the state \"%s\" twice: as %s and as %s; give one of them another name"
              .formatted(where(), descriptor.getName(), entries.description(), description));
    }
    return entries;
  }

  /** Returns the state that some key has declared under this name. */
  Optional<StateEntries> declared(String state) {
    return Optional.ofNullable(states.get(state));
  }

  /** Returns the states that have been declared so far. */
  Collection<StateEntries> declared() {
    return states.values();
  }

  /** Returns how many states have been declared so far. */
  public int numDeclared() {
    return states.size();
  }

  /**
   * Makes a function for no key and lets it go, unless one has been made already, so that its
   * states are known. Blocks as long as its factory does.
   *
   * @throws RuntimeException what the factory throws
   */
  public synchronized void learnStates(int keyGroup, int attempt, InstantSource clock) {
    if (!knowsStates) {
      CellStates empty = new CellStates(this, NoTurns.of(this, clock), Image.EMPTY);
      function(new CellContext(this, keyGroup, attempt, clock, empty)).close();
    }
  }

  /** Says which step of which dataflow, for messages. */
  public String where() {
    return "dataflow \"" + dataflow + "\" step \"" + stepId + "\"";
  }

  /**
   * Handles a turn that threw and was undone: a dead letter, or a failure.
   *
   * @param given the element, or some {@link Together}; null for a timer or the end of input
   */
  void failed(K key, @Nullable Object given, Throwable cause, Outputs out) {
    Object element = given == null ? null : Arrival.unwrapped(given);
    if (!skipsErrors) {
      throw failure(key, element == null ? "" : " on " + printable(element), cause);
    }
    if (element instanceof Together together) {
      together.elements().forEach(each -> skipped(key, Arrival.unwrapped(each), cause, out));
    } else {
      skipped(key, element, cause, out);
    }
  }

  private void skipped(K key, @Nullable Object element, Throwable cause, Outputs out) {
    Object named = key == GroupKey.INSTANCE ? null : key;
    DeadLetter letter = new DeadLetter(stepId, named, element, cause);
    out.add(letter, Outputs.NO_TIMESTAMP, sideOutputs.size() + 1);
  }

  /** Says which key's function threw. */
  StepFailure failure(K key, String on, Throwable cause) {
    String who =
        key == GroupKey.INSTANCE
            ? ": processBroadcastElement"
            : (isOperator() ? " partition " + key : " key \"" + key + "\"") + ": the function";
    return new StepFailure("%s%s threw %s%s".formatted(where(), who, cause, on), cause);
  }

  /** Says why a key could not be woken; nothing of it has changed. */
  StepFailure notWoken(K key, String why, Throwable cause) {
    return new StepFailure("%s key \"%s\": %s".formatted(where(), key, why), cause);
  }

  /** Refuses to wake a key of which something is stored otherwise than declared. */
  void refuse(K key, @Nullable Misfit misfit) {
    if (misfit != null) {
      throw notWoken(key, misfit.message(), misfit.cause());
    }
  }

  private static String printable(Object element) {
    String text = String.valueOf(element);
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
