package dev.keyling.actors;

import dev.keyling.actors.StepHost.Commits;
import dev.keyling.kernel.Desk;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.kernel.StepFailure;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.KeyFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one life of a key group: wakes them with their images, gives them their work, lets go
 * of those that hold nothing. Runs in the key group's thread.
 */
final class Keys {
  /** Without checkpoints, after which keys that hold nothing are let go, they are so often. */
  private static final int WORKS_BETWEEN_SWEEPS = 1000;

  private final ActorContext<GroupCommand> context;
  private final StepHost host;
  private final GroupAddress address;
  private final Executor io;
  private final int attempt;
  private final Supplier<History> history;
  private final StoredImages stored;
  private final Listeners listeners;
  private final Awake awake;
  private final Map<Object, KeyEntry> directory = new HashMap<>();
  private final Function<Object, KeyEntry> newEntry = this::newEntry;

  /** What recovery found and is not in rows yet; null when there is nothing left of it. */
  private @Nullable Tail tail;

  /** Keys that held nothing when they were last looked at. */
  private final List<KeyEntry> empty = new ArrayList<>();

  private long works;
  private long inRowsUpTo = Long.MIN_VALUE;

  /** Images of sleeping keys have been read, in the order of the entries. */
  record ImagesRead(Keys keys, List<KeyEntry> entries, List<SortedMap<EntryKey, EntryValue>> images)
      implements GroupCommand.Internal {}

  Keys(
      ActorContext<GroupCommand> context,
      StepHost host,
      GroupAddress address,
      Executor io,
      int attempt,
      Supplier<History> history) {
    this.context = context;
    this.host = host;
    this.address = address;
    this.io = io;
    this.attempt = attempt;
    this.history = history;
    this.stored = new StoredImages(host, address);
    this.listeners = new Listeners(address.group(), host.definition().keys());
    this.awake = new Awake(context, host, this::cell, this::desk);
  }

  private Desk desk() {
    return new Desk(host.definition(), address.group(), attempt, host.clock());
  }

  /** Makes the cell of a key that is only looked at; for any thread. */
  KeyCell<Object, Object, Object> cell(Object key, Image image) {
    return cell(key, desk(), image);
  }

  private KeyCell<Object, Object, Object> cell(Object key, Desk desk, Image image) {
    StepDefinition<Object, Object, Object> step = host.definition();
    try {
      return new KeyCell<>(step, key, desk, image);
    } catch (StepFailure e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw new IllegalStateException(
          "%s key \"%s\": the function could not be made: %s"
              .formatted(step.where(), key, e.getMessage() == null ? e : e.getMessage()),
          e);
    }
  }

  /** Takes over what recovery has found. */
  void recovered(boolean anyRows, KeyFilter filter, Tail commits) {
    stored.recovered(anyRows, filter);
    tail = commits;
  }

  KeyEntry entry(Object key) {
    return directory.computeIfAbsent(key, newEntry);
  }

  private KeyEntry newEntry(Object key) {
    KeyEntry entry = new KeyEntry(key);
    if (tail != null) {
      tail.into(entry, entry.bytes(host.definition().keys()));
    }
    return entry;
  }

  KeyEntry entryOfBytes(byte[] key) {
    return entry(host.definition().keys().decode(key));
  }

  /** Returns the one key of an operator's group, encoded. */
  List<byte[]> partition() {
    return List.of(host.definition().keys().encode(address.group()));
  }

  /** Visits the keys that are awake or have changes not in rows, encoded; some more than once. */
  void encoded(Consumer<byte[]> visitor) {
    directory.values().forEach(entry -> visitor.accept(entry.bytes(host.definition().keys())));
    if (tail != null) {
      tail.keys(visitor);
    }
  }

  /**
   * Gives each key its part of the work; keys that sleep are read together, then get theirs. Tells
   * whether all are through.
   */
  boolean dispatch(Work work) {
    List<KeyEntry> asleep = new ArrayList<>();
    for (KeySlot slot : work.slots) {
      KeyEntry entry = slot.entry;
      entry.inFlight++;
      if (entry.waiting != null) {
        entry.waiting.add(slot);
      } else if (entry.life == null && stored.mayHave(entry)) {
        entry.waiting = new ArrayList<>(2);
        entry.waiting.add(slot);
        asleep.add(entry);
      } else if (entry.life == null) {
        awake.wake(entry, entry.overlay.over(new TreeMap<>()));
      }
    }
    if (!asleep.isEmpty()) {
      read(asleep);
    }
    work.arm();
    return work.countDown(awake.give(work.slots));
  }

  private void read(List<KeyEntry> entries) {
    List<byte[]> keys = new ArrayList<>(entries.size());
    entries.forEach(entry -> keys.add(entry.bytes(host.definition().keys())));
    History valid = history.get();
    context.pipeToSelf(
        CompletableFuture.supplyAsync(() -> stored.read(keys, valid), io),
        (images, failure) ->
            failure == null
                ? new ImagesRead(this, entries, images)
                : new Journal.Broken(attempt, failure));
  }

  /** Returns the work that is through now. */
  List<Work> imagesRead(ImagesRead read) {
    List<KeySlot> slots = new ArrayList<>();
    for (int i = 0; i < read.entries().size(); i++) {
      KeyEntry entry = read.entries().get(i);
      slots.addAll(Objects.requireNonNull(entry.waiting, "work that waits for the image"));
      entry.waiting = null;
      awake.wake(entry, entry.overlay.over(read.images().get(i)));
      entry.overlay.dropUpTo(inRowsUpTo);
    }
    Set<Work> through = new LinkedHashSet<>();
    for (KeySlot slot : slots) {
      if (slot.work.countDown(awake.give(List.of(slot)))) {
        through.add(slot.work);
      }
    }
    return List.copyOf(through);
  }

  /** After every work: lets keys go and puts keys to sleep, as far as it is time to. */
  void rest() {
    if (host.commits() != Commits.CHECKPOINTS && ++works % WORKS_BETWEEN_SWEEPS == 0) {
      sleepEmpty();
    }
    awake.sleepOverLimit().forEach(this::forgetIfPossible);
  }

  /** Takes note of a key that holds nothing now. */
  void emptied(KeyEntry entry) {
    if (!entry.emptied) {
      entry.emptied = true;
      empty.add(entry);
    }
  }

  Listeners listeners() {
    return listeners;
  }

  /** Lets go of keys that hold nothing: no actor and no entry for them. */
  void sleepEmpty() {
    for (KeyEntry entry : empty) {
      entry.emptied = false;
      if (entry.empty && entry.isIdle() && entry.life != null) {
        awake.sleep(entry);
        forgetIfPossible(entry);
      }
    }
    empty.clear();
  }

  /** What was committed up to here is in rows: changes can be forgotten, and sleeping keys too. */
  void inRows(List<Commit> commits) {
    stored.written();
    inRowsUpTo = commits.get(commits.size() - 1).id();
    commits.forEach(commit -> relieve(commit.keys()));
    if (tail != null) {
      relieve(tail.taken());
      tail = tail.newest() <= inRowsUpTo ? null : tail;
    }
  }

  private void relieve(List<KeyEntry> entries) {
    for (KeyEntry entry : entries) {
      if (entry.waiting == null) { // else the read may have begun before these rows were there
        entry.overlay.dropUpTo(inRowsUpTo);
        forgetIfPossible(entry);
      }
    }
  }

  private void forgetIfPossible(KeyEntry entry) {
    if (entry.isForgettable()) {
      directory.remove(entry.key, entry);
    }
  }

  Awake awake() {
    return awake;
  }
}
