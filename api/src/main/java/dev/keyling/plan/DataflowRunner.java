package dev.keyling.plan;

/** Runs dataflows by themselves; found by {@link java.util.ServiceLoader}. */
public interface DataflowRunner {

  /**
   * Runs the dataflow to its end, with everything that it needs started before and stopped after.
   *
   * @throws dev.keyling.JobFailedException if it fails
   */
  void execute(Plan plan);
}
