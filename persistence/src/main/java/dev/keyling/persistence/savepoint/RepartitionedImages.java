package dev.keyling.persistence.savepoint;

import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.Redistribution;
import dev.keyling.persistence.StoreException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** What an operator holds in another number of partitions; all of it is in memory meanwhile. */
final class RepartitionedImages implements StepImages {
  private final List<Image> partitions;
  private final String where;

  RepartitionedImages(StepImages old, int partitions, String where) {
    this.where = where;
    List<Image> images = new ArrayList<>();
    for (int partition = 0; partition < old.keyGroups(); partition++) {
      Iterator<StoredImage> stored = old.group(partition);
      images.add(stored.hasNext() ? stored.next().image() : Image.EMPTY);
      if (stored.hasNext()) { // it is at its end only when the file as a whole has been checked
        throw new StoreException(
            where + ": partition " + partition + " of the savepoint holds more than itself");
      }
    }
    try {
      this.partitions = Redistribution.of(images, partitions, where);
    } catch (IllegalArgumentException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public int keyGroups() {
    return partitions.size();
  }

  @Override
  public Iterator<StoredImage> group(int group) {
    byte[] key = KeyCodec.ofPartitions(partitions.size(), where).encode(group);
    return Stream.of(new StoredImage(key, partitions.get(group)))
        .filter(image -> !image.image().isEmpty())
        .iterator();
  }
}
