package dev.keyling.actors;

import dev.keyling.KeyView;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.savepoint.GroupFile;
import dev.keyling.persistence.savepoint.GroupFileWriter;
import dev.keyling.persistence.savepoint.GroupHeader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
        keys().forEach(file::add);
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
    Image image = keys().image(key);
    requireRetained(rowsFrom);
    return image;
  }

  private PastKeys keys() {
    return new PastKeys(Objects.requireNonNull(host.rows()), address, history, commits);
  }

  private void requireRetained(Flusher rowsFrom) {
    if (!rowsFrom.knows(checkpoint)) {
      throw new StoreException(
          "%s: checkpoint %d is not retained any more; ask for a newer one, or retain more (setNumRetained)"
              .formatted(address, checkpoint));
    }
  }
}
