package dev.keyling.system;

import com.typesafe.config.ConfigFactory;
import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.JobStatus;
import dev.keyling.KeyView;
import dev.keyling.sharding.LocalSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** What the keys of a step hold: seen by a job that goes on from what is stored. */
final class StoredState {
  private static final int TOGETHER = 200;

  private StoredState() {}

  /**
   * Returns what each of the keys holds.
   *
   * @param flow goes on from the data and must not end
   */
  static Map<String, KeyView> of(Path data, Dataflow flow, String step, List<String> keys) {
    try (LocalSystem system = open(data, flow.plan().name())) {
      Job job = system.keyling().run(flow.enableCheckpointing(Duration.ofDays(20)));
      Eventually.is("the job runs", () -> job.status() == JobStatus.RUNNING);
      Map<String, KeyView> views = views(job, step, keys);
      job.cancel().toCompletableFuture().join();
      return views;
    }
  }

  static LocalSystem open(Path data, String owner) {
    return LocalSystem.start(
        "state",
        ConfigFactory.parseMap(
            Map.of(
                "keyling.persistence.leveldb.dir",
                data.toString(),
                "keyling.persistence.leveldb.owner",
                owner)));
  }

  static Map<String, KeyView> views(Job job, String step, List<String> keys) {
    Map<String, KeyView> views = new TreeMap<>();
    for (int from = 0; from < keys.size(); from += TOGETHER) {
      List<String> some = keys.subList(from, Math.min(keys.size(), from + TOGETHER));
      List<CompletionStage<KeyView>> asked = new ArrayList<>();
      some.forEach(key -> asked.add(job.view(step, key)));
      for (int i = 0; i < some.size(); i++) {
        views.put(some.get(i), asked.get(i).toCompletableFuture().join());
      }
    }
    return views;
  }
}
