package dev.keyling.persistence.savepoint;

import dev.keyling.KeyView;
import dev.keyling.kernel.GroupImages;
import dev.keyling.kernel.GroupKey;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The keys of a step after a function has had each of them once; key by key. */
record RewrittenImages<K, O>(StepImages before, OfflineStep<K, KeyView, O> step, Viewing viewing)
    implements StepImages {

  /** Shows a key to the function. */
  @FunctionalInterface
  interface Viewing {
    KeyView of(Object key, Image image);
  }

  @Override
  public int keyGroups() {
    return before.keyGroups();
  }

  @Override
  public Iterator<StoredImage> group(int group) {
    Iterator<StoredImage> keys = before.group(group);
    return new Iterator<>() {
      private @Nullable StoredImage ahead;

      @Override
      public boolean hasNext() {
        while (ahead == null && keys.hasNext()) {
          StoredImage next = rewritten(keys.next(), group);
          ahead = next.image().isEmpty() ? null : next;
        }
        return ahead != null;
      }

      @Override
      public StoredImage next() {
        StoredImage next = hasNext() ? ahead : null;
        if (next == null) {
          throw new NoSuchElementException();
        }
        ahead = null;
        return next;
      }
    };
  }

  private StoredImage rewritten(StoredImage stored, int group) {
    if (GroupKey.is(stored.key())) { // another time to live may have been written
      return new StoredImage(stored.key(), GroupImages.notAged(stored.image()));
    }
    K key = step.keys().decode(stored.key());
    try (KeyCell<K, KeyView, O> cell = step.cell(key, group, stored.image())) {
      step.handle(cell, viewing.of(key, stored.image()));
      return new StoredImage(stored.key(), cell.image());
    }
  }
}
