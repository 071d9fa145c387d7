package dev.keyling.persistence.savepoint;

import dev.keyling.KeyView;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.connector.Position;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.state.TypeInformation;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a new savepoint, from nothing or out of others, without the job:
 *
 * <pre>{@code
 * SavepointWriter.from(SavepointReader.open(Path.of("before")))
 *     .removeStep("experiment")
 *     .rewriteStep("visits", Types.STRING, EuroToCent::new)
 *     .keyGroups(256)
 *     .write(Path.of("after"));
 * }</pre>
 *
 * <p>The functions are those of a dataflow: they get the states of a key by their descriptors and
 * may set timers. What they emit is dropped. If one throws, nothing is written. Nothing is read or
 * called before {@link #write}. For one thread.
 */
public final class SavepointWriter {
  private static final int DEFAULT_KEY_GROUPS = 128;

  private final String dataflow;
  private final long checkpointId;
  private final @Nullable Instant completedAt;
  private final Map<String, StepContent> steps = new LinkedHashMap<>();
  private final Map<String, Position> positions = new TreeMap<>();
  private final Map<String, Long> generators = new TreeMap<>();
  private final Map<String, List<byte[]>> handles = new TreeMap<>();
  private int keyGroups = DEFAULT_KEY_GROUPS;
  private InstantSource clock = InstantSource.system();

  private SavepointWriter(String dataflow, long checkpointId, @Nullable Instant completedAt) {
    this.dataflow = dataflow;
    this.checkpointId = checkpointId;
    this.completedAt = completedAt;
  }

  /** Begins with nothing: a job that is restored from it reads its sources from their starts. */
  public static SavepointWriter empty(String dataflow) {
    return new SavepointWriter(dataflow, 0, null);
  }

  /** Begins with everything that a savepoint has. */
  public static SavepointWriter from(SavepointReader savepoint) {
    SavepointManifest manifest = savepoint.manifest();
    SavepointWriter writer =
        new SavepointWriter(manifest.dataflow(), manifest.checkpointId(), manifest.completedAt());
    for (SavedStep step : manifest.steps()) {
      writer.takeStep(savepoint, step.id());
      if (!step.isOperator()) {
        writer.keyGroups = step.keyGroups();
      }
    }
    writer.positions.putAll(manifest.positions());
    writer.generators.putAll(manifest.generators());
    writer.handles.putAll(manifest.handles());
    return writer;
  }

  /**
   * Sets how many key groups the keys of every step are parted into, 128 if nothing says so. That
   * of the store which it is restored into need not be the same.
   *
   * @throws IllegalArgumentException below 1
   */
  public SavepointWriter keyGroups(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("a step has at least one key group, not " + number);
    }
    keyGroups = number;
    return this;
  }

  /** Sets the clock that functions see, and entries are stamped by; the system's if not set. */
  public SavepointWriter clock(InstantSource newClock) {
    clock = newClock;
    return this;
  }

  /** Leaves out a step; nothing happens if there is none of this id. */
  public SavepointWriter removeStep(String step) {
    steps.remove(step);
    return this;
  }

  /**
   * Takes over a step as another savepoint has it, in place of one with the same id.
   *
   * @throws dev.keyling.persistence.StoreException if the savepoint has no such step
   */
  public SavepointWriter takeStep(SavepointReader savepoint, String step) {
    steps.put(step, StepContent.of(savepoint, savepoint.manifest().step(step)));
    return this;
  }

  /**
   * Has a function handle every key of a step once. The element is what the key holds; states that
   * the function does not declare stay as they are, and a key that holds nothing afterwards is
   * gone.
   *
   * @param keyType as the program declares it
   * @param function made anew for every key
   * @throws IllegalArgumentException if there is no such step, or it is an operator, or its keys
   *     are of another type
   */
  public <K, O> SavepointWriter rewriteStep(
      String step,
      TypeInformation<K> keyType,
      Function<RuntimeContext, ? extends KeyedProcessFunction<K, KeyView, O>> function) {
    StepContent before = steps.get(step);
    String where = where(step);
    if (before == null) {
      throw new IllegalArgumentException(where + " is not there; there are " + steps.keySet());
    }
    if (before.keyType() == null) {
      throw new IllegalArgumentException(where + " is an operator; only keys can be rewritten");
    }
    String type = before.keyType();
    if (!type.equals(SavedStep.BY_VALUE) && !type.equals(keyType.describe())) {
      throw new IllegalArgumentException(
          "%s has keys of type %s, not %s; to change the type of keys, read them and bootstrap the step with what was read"
              .formatted(where, type, keyType.describe()));
    }
    KeyCodec<K> keys = KeyCodec.of(keyType, where);
    StepContent.Parting rewritten =
        groups ->
            new RewrittenImages<>(
                before.images().into(groups),
                new OfflineStep<>(
                    dataflow, step, keys, groups, function, clock, before.watermark()),
                (key, image) -> ImageText.view(dataflow, step, key, image));
    steps.put(step, new StepContent(type, 0, before.watermark(), before.ended(), rewritten));
    return this;
  }

  /**
   * Makes a step out of elements, in place of one with the same id: a function handles them as it
   * would in a job, in their order.
   *
   * @param elements gone through once if their keys fit into a quarter of the heap, else several
   *     times, and must be the same each time
   * @param function made anew for every key
   * @throws IllegalArgumentException if keys cannot be of this type
   */
  public <K, I, O> SavepointWriter bootstrapStep(
      String step,
      TypeInformation<K> keyType,
      Iterable<? extends I> elements,
      Function<? super I, ? extends K> key,
      Function<RuntimeContext, ? extends KeyedProcessFunction<K, I, O>> function) {
    return bootstrapStep(
        step, keyType, elements, key, function, Runtime.getRuntime().maxMemory() / 4);
  }

  <K, I, O> SavepointWriter bootstrapStep(
      String step,
      TypeInformation<K> keyType,
      Iterable<? extends I> elements,
      Function<? super I, ? extends K> key,
      Function<RuntimeContext, ? extends KeyedProcessFunction<K, I, O>> function,
      long memory) {
    KeyCodec<K> keys = KeyCodec.of(keyType, where(step));
    StepContent.Parting made =
        groups ->
            new BootstrappedImages<>(
                new OfflineStep<>(dataflow, step, keys, groups, function, clock, Long.MIN_VALUE),
                elements,
                key,
                memory);
    steps.put(step, new StepContent(keyType.describe(), 0, Long.MIN_VALUE, false, made));
    return this;
  }

  private String where(String step) {
    return "dataflow \"" + dataflow + "\" step \"" + step + "\"";
  }

  /** Sets where a source reads on in one of its partitions. */
  public SavepointWriter position(String source, Position position) {
    positions.put(source + "/" + position.partition(), position);
    return this;
  }

  /** Lets a source begin anew, in all its partitions. */
  public SavepointWriter removePositions(String source) {
    positions.keySet().removeIf(partition -> partition.startsWith(source + "/"));
    return this;
  }

  /** Lets a sink begin anew: what it had staged is neither published nor compared. */
  public SavepointWriter removeSink(String sink) {
    handles.remove(sink);
    return this;
  }

  /**
   * Writes it; memory holds a key and a block per key group, and what bootstrapping needs.
   *
   * @param directory what the savepoint will be; it must not be there yet, or be empty
   * @return the new savepoint, durable
   * @throws dev.keyling.persistence.StoreException if that is not possible; there is no savepoint
   *     then
   */
  public Savepoint write(Path directory) {
    UnfinishedSavepoint unfinished = UnfinishedSavepoint.begin(directory);
    try {
      SavepointManifest manifest = manifest(unfinished);
      unfinished.finish(manifest);
      return Savepoint.of(directory, manifest.checkpointId(), dataflow);
    } catch (RuntimeException | Error e) {
      unfinished.abandon();
      throw e;
    }
  }

  private SavepointManifest manifest(UnfinishedSavepoint unfinished) {
    List<SavedStep> saved = new ArrayList<>();
    Map<String, Long> watermarks = new TreeMap<>();
    Set<String> ended = new TreeSet<>();
    steps.forEach(
        (id, content) -> {
          StepImages images = content.images().into(content.keyGroups(keyGroups));
          List<GroupFile> files = new ArrayList<>();
          for (int group = 0; group < images.keyGroups(); group++) {
            GroupHeader header =
                new GroupHeader(unfinished.creation(), dataflow, checkpointId, id, group);
            write(unfinished, saved.size(), header, images.group(group), files);
          }
          saved.add(new SavedStep(id, images.keyGroups(), content.keyType(), files));
          if (content.watermark() != Long.MIN_VALUE) {
            watermarks.put(id, content.watermark());
          }
          if (content.ended()) {
            ended.add(id);
          }
        });
    return new SavepointManifest(
        dataflow,
        unfinished.creation(),
        checkpointId,
        completedAt == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : completedAt,
        saved,
        positions,
        generators,
        watermarks,
        handles,
        ended);
  }

  private static void write(
      UnfinishedSavepoint unfinished,
      int step,
      GroupHeader header,
      Iterator<StoredImage> images,
      List<GroupFile> files) {
    try (GroupFileWriter writer = new GroupFileWriter(unfinished.directory(), step, header)) {
      images.forEachRemaining(writer::add);
      writer.finish().ifPresent(files::add);
    }
  }
}
