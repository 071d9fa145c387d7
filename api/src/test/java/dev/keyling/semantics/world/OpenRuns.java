package dev.keyling.semantics.world;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Closes what a test has begun to run. */
final class OpenRuns implements AfterEachCallback {
  private static final List<StepRun<?, ?, ?>> OPEN = new ArrayList<>();

  static <K, I, O> StepRun<K, I, O> begin(StepUnderTest<K, I, O> step) {
    StepRun<K, I, O> run = World.here().run(step);
    OPEN.add(run);
    return run;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    OPEN.forEach(StepRun::close);
    OPEN.clear();
  }
}
