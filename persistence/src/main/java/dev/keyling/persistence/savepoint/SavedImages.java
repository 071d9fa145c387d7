package dev.keyling.persistence.savepoint;

import dev.keyling.kernel.GroupKey;
import dev.keyling.kernel.KeyText;
import dev.keyling.persistence.StoreException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;

/** A step as its files have it. */
record SavedImages(Path directory, SavepointManifest manifest, SavedStep step)
    implements StepImages {

  @Override
  public int keyGroups() {
    return step.keyGroups();
  }

  @Override
  public Iterator<StoredImage> group(int group) {
    return step.file(group)
        .<Iterator<StoredImage>>map(
            file ->
                new Placed(
                    new GroupFileReader(directory, file, GroupHeader.of(manifest, step, group)),
                    group))
        .orElseGet(Collections::emptyIterator);
  }

  /** Keys that are where they belong. */
  private final class Placed implements Iterator<StoredImage> {
    private final GroupFileReader read;
    private final int group;

    Placed(GroupFileReader read, int group) {
      this.read = read;
      this.group = group;
    }

    @Override
    public boolean hasNext() {
      return read.hasNext();
    }

    @Override
    public StoredImage next() {
      StoredImage next = read.next();
      int place = placeOf(next.key());
      if (place != group) {
        throw new StoreException(
            "savepoint %s: key %s of %s lies in key group %d and belongs into %d; take another savepoint"
                .formatted(
                    directory, KeyText.describe(next.key()), manifest.where(step), group, place));
      }
      return next;
    }

    private int placeOf(byte[] key) {
      if (GroupKey.is(key)) {
        return group;
      }
      return SavedKeys.groupOf(step, key);
    }
  }
}
