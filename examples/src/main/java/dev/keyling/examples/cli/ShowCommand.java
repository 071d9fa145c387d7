package dev.keyling.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyling.kernel.KeyText;
import dev.keyling.persistence.savepoint.ImageText;
import dev.keyling.persistence.savepoint.SavedStep;
import dev.keyling.persistence.savepoint.SavepointManifest;
import dev.keyling.persistence.savepoint.SavepointReader;
import dev.keyling.persistence.savepoint.StepImages;
import dev.keyling.persistence.savepoint.StoredImage;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code savepoint show}: what a savepoint is of, and what its keys hold. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints what a savepoint says of itself; with --step what the keys of a step hold, one line",
      "of JSON per key. No class of the program is needed. Everything that is read is checked."
    })
public final class ShowCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private SavepointCommand streams;

  @Parameters(paramLabel = "DIR", description = "Directory of the savepoint.")
  private Path dir = Path.of("");

  @Option(names = "--step", paramLabel = "S", description = "Show the keys of this step.")
  private @Nullable String step;

  @Option(names = "--key", paramLabel = "K", description = "Only this key of the step, as text.")
  private @Nullable String key;

  @Option(names = "--json", description = "Print the manifest as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    SavepointReader savepoint = SavepointReader.open(dir);
    String shown = step;
    if (shown == null && key != null) {
      throw new UsageException("--key needs the --step that the key is of");
    }
    if (shown != null) {
      keys(savepoint, shown);
    } else if (json) {
      line(savepoint.manifestAsJson());
    } else {
      print(savepoint.manifest(), streams.out());
    }
    return 0;
  }

  private void print(SavepointManifest manifest, PrintStream out) {
    out.printf(
        "%s: savepoint of dataflow %s, checkpoint %d, completed at %s%n",
        dir, manifest.dataflow(), manifest.checkpointId(), manifest.completedAt());
    for (SavedStep each : manifest.steps()) {
      out.printf(
          "step %s: %s; %,d keys in %d files%n",
          each.id(),
          each.isOperator()
              ? each.keyGroups() + " partitions of an operator"
              : each.keyGroups() + " key groups, keys " + each.keyType(),
          each.keys(),
          each.files().size());
      each.states().forEach(state -> out.printf("  %s %s%n", state.kind(), state.name()));
    }
    manifest
        .positions()
        .forEach((source, at) -> out.printf("source %s reads on at %s%n", source, at.offset()));
    manifest
        .handles()
        .forEach((sink, staged) -> out.printf("sink %s: %d handles%n", sink, staged.size()));
  }

  private void keys(SavepointReader savepoint, String shown) {
    String wanted = key;
    StepImages images = savepoint.images(shown);
    if (wanted == null) {
      for (int group = 0; group < images.keyGroups(); group++) {
        int keyGroup = group;
        images.group(group).forEachRemaining(image -> line(keyGroup, image));
      }
      return;
    }
    for (byte[] reading : KeyText.readings(wanted).values()) {
      StoredImage image = savepoint.image(shown, reading);
      if (!image.image().isEmpty()) {
        line(savepoint.keyGroupOf(shown, reading), image);
        return;
      }
    }
    throw new UsageException(
        "step %s holds nothing of a key '%s' in this savepoint".formatted(shown, wanted));
  }

  private void line(int keyGroup, StoredImage image) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("keyGroup", keyGroup);
    line.put("key", KeyText.describe(image.key()));
    line.put("storedKey", HexFormat.of().formatHex(image.key()));
    line.put("entries", ImageText.entries(image.image()));
    line(line);
  }

  private void line(Object value) {
    try {
      streams.out().println(Json.line(value));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
