package dev.keyling.actors;

import dev.keyling.KeyView;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.savepoint.GroupFile;
import dev.keyling.persistence.savepoint.GroupFileWriter;
import dev.keyling.persistence.savepoint.GroupHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a key group as they were at a completed checkpoint: rows, and commits that are not in
 * rows. Nobody's work waits for it.
 */
final class Past {
  private final StepHost host;
  private final GroupAddress address;
  private final long checkpoint;
  private final History history;
  private final @Nullable Flusher flusher;
  private final List<Commit> commits;
  private final Executor io;

  /** To be made in the key group's thread. */
  Past(
      StepHost host,
      GroupAddress address,
      long checkpoint,
      History history,
      @Nullable Flusher flusher,
      Executor io) {
    this.host = host;
    this.address = address;
    this.checkpoint = checkpoint;
    this.history = history;
    this.flusher = flusher;
    this.io = io;
    this.commits =
        flusher == null
            ? List.of()
            : flusher.unflushed().stream().filter(each -> each.id() <= checkpoint).toList();
  }

  /** Answers what a key was; reads in another thread. */
  void show(GroupCommand.ViewAsOf view, Keys keys) {
    CompletableFuture.supplyAsync(() -> view(view.key(), keys), io)
        .whenComplete(
            (seen, failure) ->
                view.replyTo()
                    .tell(
                        failure == null ? StatusReply.success(seen) : StatusReply.error(failure)));
  }

  /** Writes all keys into a file of a savepoint; in another thread. */
  void save(GroupCommand.Save save) {
    CompletableFuture.supplyAsync(() -> written(save), io)
        .whenComplete(
            (file, failure) ->
                save.replyTo()
                    .tell(
                        new GroupEvent.Saved(
                            address.group(),
                            save.creation(),
                            failure == null ? file.orElse(null) : null,
                            failure)));
  }

  private Optional<GroupFile> written(GroupCommand.Save save) {
    GroupHeader header =
        new GroupHeader(
            save.creation(), address.dataflow(), checkpoint, address.step(), address.group());
    try (GroupFileWriter file = new GroupFileWriter(save.directory(), save.step(), header)) {
      if (flusher != null) {
        PastKeys keys =
            new PastKeys(Objects.requireNonNull(host.rows()), address, history, commits);
        keys.forEach(file::add);
        requireRetained(flusher);
      }
      return file.finish();
    }
  }

  private KeyView view(Object key, Keys keys) {
    try (KeyCell<Object, Object, Object> cell =
        keys.cell(key, image(host.definition().keys().encode(key)))) {
      return cell.view();
    }
  }

  /**
   * Reads what a key was; blocks.
   *
   * @throws StoreException if a flush has begun meanwhile to remove what belongs to the checkpoint
   */
  private Image image(byte[] key) {
    Flusher rowsFrom = Objects.requireNonNull(flusher, "nothing is stored without checkpoints");
    RowStore rows = Objects.requireNonNull(host.rows());
    SortedMap<EntryKey, EntryValue> image = new TreeMap<>();
    rows.read(address, List.of(key), history)
        .get(0)
        .forEach(row -> image.put(EntryKey.of(row.entry()), EntryValue.stored(row.value())));
    for (Commit commit : commits) {
      commit.parts().forEach(part -> apply(part, key, image));
    }
    requireRetained(rowsFrom);
    return Image.of(image);
  }

  private void requireRetained(Flusher rowsFrom) {
    if (!rowsFrom.knows(checkpoint)) {
      throw new StoreException(
          "%s: checkpoint %d is not retained any more; ask for a newer one, or retain more (setNumRetained)"
              .formatted(address, checkpoint));
    }
  }

  private static void apply(byte[] part, byte[] key, SortedMap<EntryKey, EntryValue> image) {
    CommitFormat.decode(
        part,
        (changed, entry, value) -> {
          if (!Arrays.equals(changed, key)) {
            return;
          }
          if (value == null) {
            image.remove(entry);
          } else {
            image.put(entry, EntryValue.stored(value));
          }
        });
  }
}
