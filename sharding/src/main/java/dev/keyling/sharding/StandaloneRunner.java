package dev.keyling.sharding;

import com.typesafe.config.ConfigFactory;
import dev.keyling.JobFailedException;
import dev.keyling.plan.DataflowRunner;
import dev.keyling.plan.Plan;
import java.util.concurrent.CompletionException;

/** What {@code Dataflow.execute()} finds: runs a dataflow on an actor system of its own. */
public final class StandaloneRunner implements DataflowRunner {

  @Override
  public void execute(Plan plan) {
    try (LocalSystem local = LocalSystem.start("keyling-" + plan.name(), ConfigFactory.empty())) {
      local.keyling().run(plan).completion().toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof JobFailedException failed) {
        throw failed;
      }
      throw e;
    }
  }
}
