package dev.keyling.function;

import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.ValueState;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What an operator's function gets when it is made for a partition: its states, and where it runs.
 *
 * <p>States are written and read like those of a key: in the factory, in {@code initializeState},
 * and while an element, a checkpoint or the end is handled. Asking again for the same name gives
 * the same state; the same name with another kind or type is refused with {@link
 * IllegalArgumentException}.
 */
public interface OperatorContext {

  /**
   * Returns the list of this name, of which every partition keeps its own part. If a job goes on
   * with another number of partitions, the items of all, in the order of the partitions, are parted
   * anew: each partition gets a run of them, sizes differ by at most one, nothing is lost or
   * doubled. With the same number each keeps its own.
   */
  <T> ListState<T> getListState(ListStateDescriptor<T> descriptor);

  /**
   * Returns the list of this name, of which every partition gets all items: after every restart it
   * holds those of all partitions, in their order. A function that never clears such a list stores
   * all of them again with each restart, once per partition, so write it anew in {@code
   * snapshotState}: {@code union.update(own)}.
   */
  <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor);

  /**
   * Returns bytes that nobody else looks into: they come back as they were written. They belong to
   * the partition and cannot be parted, so a job that has some refuses to go on with fewer
   * partitions.
   */
  ValueState<byte[]> getRawState(String name);

  /**
   * Tells whether the job goes on from a checkpoint. It is the same for all partitions, also for
   * those that had nothing to store.
   */
  boolean isRestored();

  /** Returns the clock of the system; tests drive it by hand, so use no other. */
  InstantSource clock();

  /** Returns the name of the dataflow. */
  String dataflowName();

  /** Returns the id of the step. */
  String stepId();

  /** Returns the number of this partition, from 0. */
  int partition();

  /** Returns how many partitions the step has. */
  int numberOfPartitions();

  /** Returns the run number of the job, from 1. */
  int attempt();

  /** Returns a parameter of the job; empty if it was not set. */
  Optional<String> parameter(String name);
}
