package dev.keyling.persistence.savepoint;

import dev.keyling.kernel.GroupImages;
import dev.keyling.kernel.GroupKey;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.persistence.StoreException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a step in another number of key groups. A new group is merged out of the old ones
 * that can have keys of it, so memory holds one key and one block of each; an old file is read once
 * for each new group that it may go to: once or a few times when one number divides the other.
 */
final class RegroupedImages implements StepImages {
  private final StepImages old;
  private final int keyGroups;
  private final String where;
  private @Nullable Image shared;

  RegroupedImages(StepImages old, int keyGroups, String where) {
    this.old = old;
    this.keyGroups = keyGroups;
    this.where = where;
  }

  @Override
  public int keyGroups() {
    return keyGroups;
  }

  @Override
  public Iterator<StoredImage> group(int group) {
    return new Merge(group);
  }

  /** Returns what every new group keeps for itself. */
  private synchronized Image shared() {
    Image known = shared;
    if (known == null) {
      List<Image> own = new ArrayList<>();
      boolean[] holdsKeys = new boolean[old.keyGroups()];
      for (int group = 0; group < old.keyGroups(); group++) {
        Iterator<StoredImage> keys = old.group(group);
        StoredImage first = keys.hasNext() ? keys.next() : null;
        boolean hasOwn = first != null && GroupKey.is(first.key());
        own.add(first != null && hasOwn ? first.image() : Image.EMPTY);
        holdsKeys[group] = hasOwn ? keys.hasNext() : first != null;
      }
      known = shared(own, holdsKeys);
      shared = known;
    }
    return known;
  }

  private Image shared(List<Image> own, boolean[] holdsKeys) {
    try {
      return GroupImages.ofAny(own, group -> holdsKeys[group], where);
    } catch (IllegalArgumentException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The next key of an old group that belongs into the new one. */
  private record Head(StoredImage image, Iterator<StoredImage> rest) {}

  private final class Merge implements Iterator<StoredImage> {
    private final int group;
    private final PriorityQueue<Head> heads =
        new PriorityQueue<>(
            Comparator.comparing(head -> head.image().key(), Arrays::compareUnsigned));

    Merge(int group) {
      this.group = group;
      if (!shared().isEmpty()) {
        StoredImage own = new StoredImage(GroupKey.bytes(), shared());
        heads.add(new Head(own, List.<StoredImage>of().iterator()));
      }
      int step = BigInteger.valueOf(old.keyGroups()).gcd(BigInteger.valueOf(keyGroups)).intValue();
      for (int from = group % step; from < old.keyGroups(); from += step) {
        advance(old.group(from));
      }
    }

    private void advance(Iterator<StoredImage> rest) {
      while (rest.hasNext()) {
        StoredImage next = rest.next();
        if (!GroupKey.is(next.key()) && KeyCodec.groupOf(next.key(), keyGroups) == group) {
          heads.add(new Head(next, rest));
          return;
        }
      }
    }

    @Override
    public boolean hasNext() {
      return !heads.isEmpty();
    }

    @Override
    public StoredImage next() {
      Head head = heads.poll();
      if (head == null) {
        throw new NoSuchElementException();
      }
      advance(head.rest());
      return head.image();
    }
  }
}
