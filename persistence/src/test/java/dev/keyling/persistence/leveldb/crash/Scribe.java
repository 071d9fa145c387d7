package dev.keyling.persistence.leveldb.crash;

import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import dev.keyling.persistence.leveldb.record.Changes;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A program that writes the {@link Manuscript} into a store as fast as it can, until it is killed,
 * and notes in a file what was acknowledged. Says "writing" when it has begun. When a write fails
 * it says "failed" and why; then it ends, or, if it is patient, waits until writing works again.
 */
final class Scribe {

  /** How it ends when a write has failed. */
  static final int FAILED = 3;

  private static final int WINDOW = 64;
  private static final int TRIM_EVERY = 100;

  private final LevelDbStore store;
  private final FileOutputStream notes;
  private final Semaphore window = new Semaphore(WINDOW);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final CountDownLatch flushing = new CountDownLatch(Manuscript.GROUPS);
  private volatile boolean ended;

  /** Events that are written and not looked at for trimming. */
  private final Queue<Long> written = new ConcurrentLinkedQueue<>();

  private Scribe(LevelDbStore store, FileOutputStream notes) {
    this.store = store;
    this.notes = notes;
  }

  /**
   * Arguments: directory, file of the notes, bytes to keep free, events at most, patient or not.
   */
  public static void main(String[] args) throws Exception {
    LevelDbSettings settings = Manuscript.settings(Path.of(args[0]), Long.parseLong(args[2]));
    long most = Long.parseLong(args[3]);
    boolean patient = Boolean.parseBoolean(args[4]);
    try (FileOutputStream notes = new FileOutputStream(args[1], true);
        LevelDbStore store = LevelDbStore.open(settings, System.out::println)) {
      if (args.length > 5) { // somebody wants to do something to a process that is well under way
        boolean ok = new Scribe(store, notes).write(Manuscript.KEPT);
        System.out.println("ready " + ok);
        System.in.read();
      }
      while (!new Scribe(store, notes).write(most)) {
        if (!patient) {
          Runtime.getRuntime().halt(FAILED);
        }
        Manuscript.check(store);
        System.out.println("reading");
        awaitRoom(store);
      }
      System.out.println("done");
    } catch (StoreException e) {
      System.out.println("failed: " + e.getMessage());
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private static void awaitRoom(LevelDbStore store) throws InterruptedException {
    while (true) {
      try {
        Stores.database(store).submit(new Changes(), dev.keyling.persistence.Durability.OS).join();
        return;
      } catch (RuntimeException e) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
  }

  /** Returns false if a write failed. */
  private boolean write(long most) throws InterruptedException {
    for (int group = 0; group < Manuscript.GROUPS; group++) {
      flush(group, Manuscript.flushed(store, group) + 1);
    }
    long next = Manuscript.written(store);
    System.out.println("writing");
    for (long g = next; g < next + most && failure.get() == null; g++) {
      window.acquire();
      append(g);
      trim();
    }
    Throwable first = failure.get();
    window.acquire(WINDOW);
    ended = true;
    flushing.await();
    if (failure.get() != null) {
      System.out.println("failed: " + (first == null ? failure.get() : first).getMessage());
    }
    return failure.get() == null;
  }

  /** Deletes old events now and then; not before the newest is there, so that enough are left. */
  private void trim() {
    for (Long g = written.poll(); g != null; g = written.poll()) {
      long sequenceNr = Manuscript.sequenceNr(g);
      if (sequenceNr % TRIM_EVERY == 0) {
        var unused =
            Stores.journal(store)
                .deleteTo(Manuscript.id(g), sequenceNr - Manuscript.KEPT)
                .exceptionally(this::failed);
      }
    }
  }

  private void append(long g) {
    CompletableFuture<Void> appended =
        Stores.journal(store)
            .append(
                Manuscript.id(g), java.util.List.of(Manuscript.event(g)), Manuscript.durability(g));
    var unused =
        appended.handle(
            (done, failed) -> {
              if (failed == null) {
                note(Notes.EVENT, (int) (g % Manuscript.IDS), Manuscript.sequenceNr(g));
                written.add(g);
              } else {
                failed(failed);
              }
              window.release();
              return null;
            });
  }

  private void flush(int group, long n) {
    var unused =
        store
            .rows()
            .flush(
                Manuscript.group(group),
                Manuscript.rows(n),
                new Mark(n, n),
                n,
                History.everything())
            .thenRun(
                () -> {
                  note(Notes.FLUSH, group, n);
                  if (failure.get() == null && !ended) {
                    flush(group, n + 1);
                  } else {
                    flushing.countDown();
                  }
                })
            .exceptionally(
                why -> {
                  flushing.countDown();
                  return failed(why);
                });
  }

  private Void failed(Throwable why) {
    failure.compareAndSet(null, why);
    return null;
  }

  private synchronized void note(byte kind, int which, long number) {
    try {
      notes.write(Notes.line(kind, which, number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
