package dev.keyling.examples.cli;

import dev.keyling.JoinEmitMode;
import dev.keyling.JoinInsertMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What can be said on the command line behind {@code run}. Absent is null. */
final class RunOptions {
  private static final Duration DEFAULT_INTERVAL = Duration.ofMillis(100);

  /** Reads a number, and says in plain words when it is none. */
  static final class WholeNumber implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is not a whole number");
      }
    }
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "EXAMPLE",
      description = "Which example; './keyling list' shows all.")
  private @Nullable String example;

  @Option(
      names = "--input",
      arity = "1..*",
      paramLabel = "FILE",
      description = "The files to read. Without it: the small sample of the example.")
  private List<Path> input = List.of();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "The file to write, exactly once: its lines appear with each checkpoint, without --data"
              + " at the end. Without it: standard output, where a run that goes on after a crash"
              + " may repeat lines.")
  private @Nullable Path output;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where to keep state and checkpoints. The same command with the same DIR goes on where"
              + " it stopped. Without it nothing is kept and no checkpoint is taken.")
  private @Nullable Path data;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "The time between two checkpoints, with --data; default 100ms.")
  private @Nullable Duration checkpointInterval;

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "Read at most N elements per second.")
  private @Nullable Long rate;

  @Option(
      names = "--on-error",
      paramLabel = "fail|skip",
      converter = ErrorPolicy.Converter.class,
      description =
          "What a malformed line does, or an element that an example cannot handle: fail the job"
              + " (default), or be skipped, which writes it with the reason to OUTPUT.rejected,"
              + " without --output to standard error.")
  private ErrorPolicy onError = ErrorPolicy.FAIL;

  @Option(
      names = "--gap",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "sessions: events this far apart still belong together; default 30m.")
  private @Nullable Duration gap;

  @Option(
      names = "--lateness",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "sessions: how far an event may come behind a younger one; default 1m.")
  private @Nullable Duration lateness;

  @Option(
      names = "--insert",
      paramLabel = "first|last|product",
      converter = Modes.Insert.class,
      description = "orders: which users and orders of an id are kept; default last.")
  private @Nullable JoinInsertMode insert;

  @Option(
      names = "--emit",
      paramLabel = "complete|final|running",
      converter = Modes.Emit.class,
      description =
          "orders: when they are joined: when there are both, at the end of input, or with every"
              + " line; default complete.")
  private @Nullable JoinEmitMode emit;

  private static <T> T chosen(@Nullable T said, T standard) {
    return said == null ? standard : said;
  }

  /** Returns the example, with its own options. */
  Example<?, ?> example() {
    Choices standard = Choices.STANDARD;
    Catalogue catalogue =
        Catalogue.of(
            new Choices(
                chosen(gap, standard.gap()),
                chosen(lateness, standard.lateness()),
                chosen(insert, standard.insert()),
                chosen(emit, standard.emit())));
    if (example == null) {
      throw new UsageException(
          "run needs the name of an example, right behind it: " + catalogue.allNames());
    }
    Example<?, ?> found = catalogue.get(example);
    requireOf(Catalogue.SESSIONS, "--gap", gap);
    requireOf(Catalogue.SESSIONS, "--lateness", lateness);
    requireOf(Catalogue.ORDERS, "--insert", insert);
    requireOf(Catalogue.ORDERS, "--emit", emit);
    return found;
  }

  private void requireOf(String owner, String option, @Nullable Object said) {
    if (said != null && !owner.equals(example)) {
      throw new UsageException(
          "%s is an option of the example %s; leave it out for %s"
              .formatted(option, owner, example));
    }
  }

  List<Path> input() {
    return input;
  }

  Optional<Path> output() {
    return Optional.ofNullable(output);
  }

  Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  /** Returns the interval of the checkpoints; empty: none are taken. */
  Optional<Duration> checkpointInterval() {
    if (checkpointInterval == null) {
      return data().map(directory -> DEFAULT_INTERVAL);
    }
    if (data == null) {
      throw new UsageException(
          "--checkpoint-interval needs --data DIR, where checkpoints are kept; add it, or leave"
              + " the interval out");
    }
    if (checkpointInterval.isZero()) {
      throw new UsageException("--checkpoint-interval must be at least 1ms");
    }
    return Optional.of(checkpointInterval);
  }

  Optional<Long> rate() {
    if (rate != null && rate < 1) {
      throw new UsageException(
          "--rate must be at least 1 element per second, not " + rate + "; leave it out for all");
    }
    return Optional.ofNullable(rate);
  }

  ErrorPolicy onError() {
    return onError;
  }
}
