package dev.keyling.persistence.savepoint;

import dev.keyling.KeyView;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.kernel.GroupKey;
import dev.keyling.kernel.Image;
import dev.keyling.persistence.StoreException;
import dev.keyling.state.TypeInformation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a savepoint, without the job and its store:
 *
 * <pre>{@code
 * var count = new ValueStateDescriptor<>("count", Types.LONG);
 * SavepointReader savepoint = SavepointReader.open(Path.of("before-upgrade"));
 * savepoint.forEachKey("visits", Types.STRING, user ->
 *     System.out.println(user.key() + " came " + user.get(count) + " times"));
 * }</pre>
 *
 * <p>Every file is checked while it is read; what is damaged, missing or of another savepoint is
 * refused with a {@link StoreException} that says what, where and what to do. Memory holds one key,
 * and one block per key group. Nothing stays open. Any thread may use it, and blocks meanwhile.
 */
public final class SavepointReader {
  private static final String CLAIMED =
      "if a job has claimed it, that job holds all of it: run it without the savepoint";

  private final Path directory;
  private final SavepointManifest manifest;

  private SavepointReader(Path directory, SavepointManifest manifest) {
    this.directory = directory;
    this.manifest = manifest;
  }

  /**
   * Opens a savepoint: reads its manifest, and looks whether the files are those that it names, in
   * their sizes.
   *
   * @throws StoreException if it is none, was not finished, or is damaged
   */
  public static SavepointReader open(Path directory) {
    Path manifest = directory.resolve(UnfinishedSavepoint.MANIFEST);
    try {
      if (UnfinishedSavepoint.isUnfinished(directory.toAbsolutePath().normalize())) {
        throw notFinished(directory);
      }
      SavepointReader reader =
          new SavepointReader(directory, ManifestJson.decode(Files.readAllBytes(manifest)));
      reader.checkFiles();
      return reader;
    } catch (NoSuchFileException e) {
      throw Files.isDirectory(directory)
          ? notFinished(directory)
          : new StoreException(
              "there is no savepoint %s: no such directory; %s".formatted(directory, CLAIMED), e);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "savepoint %s: %s is damaged: %s; take another copy of the savepoint, or another savepoint"
              .formatted(directory, UnfinishedSavepoint.MANIFEST, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new StoreException("savepoint %s cannot be read: %s".formatted(directory, e), e);
    }
  }

  private static StoreException notFinished(Path directory) {
    return new StoreException(
        "%s is no savepoint: it was not finished, or is something else, as it has no %s; take another savepoint, and delete this if it is no longer written; %s"
            .formatted(directory, UnfinishedSavepoint.MANIFEST, CLAIMED));
  }

  private void checkFiles() throws IOException {
    Set<String> there;
    try (Stream<Path> files = Files.list(directory)) {
      there =
          files.map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
    } catch (NotDirectoryException e) {
      throw new StoreException(directory + " is no savepoint: it is no directory", e);
    }
    there.remove(UnfinishedSavepoint.MANIFEST);
    for (SavedStep step : manifest.steps()) {
      for (GroupFile file : step.files()) {
        if (!there.remove(file.name())) {
          throw damaged(step, file, "is missing");
        }
        long size = Files.size(directory.resolve(file.name()));
        if (size != file.size()) {
          throw damaged(step, file, "has " + size + " bytes instead of " + file.size());
        }
      }
    }
    if (!there.isEmpty()) {
      throw new StoreException(
          "savepoint %s has files that are not of it: %s; move them away"
              .formatted(directory, String.join(", ", there)));
    }
  }

  private StoreException damaged(SavedStep step, GroupFile file, String what) {
    return new StoreException(
        "savepoint %s is damaged: its file %s, of step \"%s\" key group %d, %s; take another copy of the savepoint, or another savepoint"
            .formatted(directory, file.name(), step.id(), file.group(), what));
  }

  /** Returns what the savepoint says of itself. */
  public SavepointManifest manifest() {
    return manifest;
  }

  /** Returns the same as the text of the file has it, to be written as JSON. */
  public Object manifestAsJson() {
    return ManifestJson.tree(manifest);
  }

  /** Returns where it lies and what it is of. */
  public Savepoint savepoint() {
    return Savepoint.of(directory, manifest.checkpointId(), manifest.dataflow());
  }

  /** Returns the ids of its steps, in the order of the dataflow. */
  public List<String> steps() {
    return manifest.steps().stream().map(SavedStep::id).toList();
  }

  /** Returns what the keys of a step hold, as they are stored, in the key groups that they have. */
  public StepImages images(String step) {
    return new SavedImages(directory, manifest, manifest.step(step));
  }

  /**
   * Returns the same in another number of key groups; of an operator in as many partitions.
   *
   * @throws StoreException if it cannot be parted like that
   */
  public StepImages images(String step, int keyGroups) {
    SavedStep saved = manifest.step(step);
    StepImages images = images(step);
    if (saved.keyGroups() == keyGroups) {
      return images;
    }
    return saved.isOperator()
        ? new RepartitionedImages(images, keyGroups, manifest.where(saved))
        : new RegroupedImages(images, keyGroups, manifest.where(saved));
  }

  /** Visits every key of a step, key group by key group, in each in the order of their bytes. */
  public void forEachImage(String step, Consumer<StoredImage> visitor) {
    StepImages images = images(step);
    for (int group = 0; group < images.keyGroups(); group++) {
      images.group(group).forEachRemaining(visitor);
    }
  }

  /**
   * Visits every key of a step, typed, key group by key group, in each in the order of their bytes;
   * of an operator its partitions.
   *
   * @param keyType as the program declares it
   * @throws StoreException if the step has another key type, or a state that is read another type
   */
  public <K> void forEachKey(
      String step, TypeInformation<K> keyType, Consumer<SavedKey<K>> visitor) {
    SavedKeys<K> keys = new SavedKeys<>(manifest, manifest.step(step), keyType);
    forEachImage(
        step,
        image -> {
          if (!GroupKey.is(image.key())) {
            visitor.accept(keys.of(image));
          }
        });
  }

  /**
   * Returns what a key holds, as values that can be written as JSON; no class of the program is
   * needed. An empty view for a key that holds nothing.
   */
  public <K> KeyView view(String step, TypeInformation<K> keyType, K key) {
    SavedStep saved = manifest.step(step);
    SavedKeys<K> keys = new SavedKeys<>(manifest, saved, keyType);
    return keys.view(image(saved, keys.encode(key)), key);
  }

  /** Returns what a key holds; an empty image if it holds nothing. */
  public StoredImage image(String step, byte[] key) {
    return image(manifest.step(step), key);
  }

  /** Returns the key group that an encoded key has in the savepoint. */
  public int keyGroupOf(String step, byte[] key) {
    return SavedKeys.groupOf(manifest.step(step), key);
  }

  private StoredImage image(SavedStep step, byte[] key) {
    int group = SavedKeys.groupOf(step, key);
    Iterator<StoredImage> images =
        group < step.keyGroups()
            ? images(step.id()).group(group)
            : List.<StoredImage>of().iterator();
    while (images.hasNext()) {
      StoredImage image = images.next();
      int order = Arrays.compareUnsigned(image.key(), key);
      if (order == 0) {
        return image;
      } else if (order > 0) {
        break;
      }
    }
    return new StoredImage(key, Image.EMPTY);
  }

  /** Reads all of it. */
  public void verify() {
    steps().forEach(step -> forEachImage(step, image -> {}));
  }

  /** Deletes the directory of a savepoint; one that is not there is no matter. */
  public static void delete(Path directory) {
    try {
      UnfinishedSavepoint.delete(directory);
    } catch (IOException e) {
      throw new StoreException("savepoint %s cannot be deleted: %s".formatted(directory, e), e);
    }
  }
}
