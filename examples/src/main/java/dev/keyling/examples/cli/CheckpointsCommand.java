package dev.keyling.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import dev.keyling.sharding.job.OfflineJob;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code job checkpoints}: which checkpoints can be restored and looked at. */
@Command(
    name = "checkpoints",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists the checkpoints that can be restored, or looked at with --as-of.",
      "setNumRetained says how many of them a dataflow retains."
    })
public final class CheckpointsCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private JobCommand streams;

  @Mixin private ClosedStore closed = new ClosedStore();

  @Option(names = "--dataflow", paramLabel = "D", description = "Only those of this dataflow.")
  private @Nullable String dataflow;

  @Option(names = "--json", description = "Say it as one line of JSON per dataflow.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    for (OfflineJob job : jobs()) {
      CheckpointList list = CheckpointList.of(job);
      if (json) {
        streams.out().println(Json.line(list));
      } else {
        list.print(streams.out());
      }
    }
    return 0;
  }

  private List<OfflineJob> jobs() {
    List<OfflineJob> all;
    try (OfflineStore store = closed.open()) {
      all = OfflineJob.all(store);
    }
    if (all.isEmpty()) {
      throw new UsageException(
          "the store in %s holds no job with checkpoints; give the directory of a run that had them"
              .formatted(closed.dir()));
    }
    List<OfflineJob> asked =
        all.stream().filter(job -> dataflow == null || job.dataflow().equals(dataflow)).toList();
    if (asked.isEmpty()) {
      throw new UsageException(
          "the store in %s holds no job of a dataflow %s; it has %s"
              .formatted(
                  closed.dir(),
                  dataflow,
                  all.stream().map(OfflineJob::dataflow).collect(Collectors.joining(", "))));
    }
    return asked;
  }
}
