package dev.keyling.semantics.world;

/** The first world: the test harness, which has no threads and no store. */
final class HarnessWorld implements World {
  @Override
  public String name() {
    return "harness";
  }

  @Override
  public <K, I, O> StepRun<K, I, O> run(StepUnderTest<K, I, O> step) {
    return new HarnessRun<>(step, HarnessRun.harnessOf(step));
  }

  @Override
  public int affordable(int turns) {
    return turns;
  }

  @Override
  public void close() {}
}
