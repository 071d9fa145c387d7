package dev.keyling.function;

import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.StateNamespaces;
import java.time.InstantSource;

/** What a function gets when it is made for a key: its states, and where it runs. */
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
}
