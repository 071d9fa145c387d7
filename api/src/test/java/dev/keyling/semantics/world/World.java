package dev.keyling.semantics.world;

import java.util.ServiceLoader;

/**
 * Where the suite of semantics runs: the test harness, a key group, or the sharded runtime. The
 * tests are the same classes everywhere; the module that runs them names its world as a service.
 */
public interface World extends AutoCloseable {

  /** Returns what the world is called in the documentation. */
  String name();

  /** Begins to run a step, with no memory and its clock at 0. */
  <K, I, O> StepRun<K, I, O> run(StepUnderTest<K, I, O> step);

  /** Returns how many of so many turns a long test may take here. */
  int affordable(int turns);

  /** Lets everything go; called once, after the last test. */
  @Override
  void close();

  /**
   * Returns the world of this module: the harness, if none is named. The module's own classes come
   * first on its class path, so the first one named is its own.
   */
  static World here() {
    return Here.WORLD;
  }

  /** Made when it is asked for. */
  final class Here {
    private static final World WORLD =
        ServiceLoader.load(World.class).findFirst().orElseGet(HarnessWorld::new);

    private Here() {}
  }
}
