package dev.keyling.function;

import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.StateNamespaces;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a function gets when it is made for a key: its states, and where it runs.
 *
 * <p>Whoever knows Flink's context finds its methods under other names, because what is told is
 * about the key and not about the task that happens to run it: {@code getTaskName} is {@link
 * #dataflowName} and {@link #stepId}, {@code getIndexOfThisSubtask} is {@link #keyGroup}, {@code
 * getNumberOfParallelSubtasks} is {@link #numberOfKeyGroups}, {@code getAttemptNumber} is {@link
 * #attempt} (from 1), {@code getJobParameter} is {@link #parameter}.
 */
public interface RuntimeContext extends KeyedStateStore {

  /** Returns the states of the key in namespaces, for operators that keep one per window or so. */
  StateNamespaces namespaces();

  /** Returns the clock of the system; tests drive it by hand, so use no other. */
  InstantSource clock();

  /** Returns the name of the dataflow. */
  String dataflowName();

  /** Returns the id of the step. */
  String stepId();

  /** Returns the key group of the key, from 0. */
  int keyGroup();

  /** Returns how many key groups the step has. */
  int numberOfKeyGroups();

  /** Returns the run number of the job, from 1; 0 in an embedded step. */
  int attempt();

  /** Returns a parameter of the job ({@code Dataflow.setParameter}); empty if it was not set. */
  Optional<String> parameter(String name);
}
