package dev.keyling.actors;

import dev.keyling.actors.StepHost.Commits;
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
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one life of a key group: wakes them with their images, sends them their work, puts
 * the least recently used to sleep. Runs in the key group's thread.
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
  private final Function<Object, Function<Image, KeyCell<Object, Object, Object>>> waking;
  private final int maxLive;
  private final Map<Object, KeyEntry> directory = new HashMap<>();
  private final Function<Object, KeyEntry> newEntry = this::newEntry;

  /** What recovery found and is not in rows yet; null when there is nothing left of it. */
  private @Nullable Tail tail;

  /** The keys that are awake, in no order; the hand goes round and gives each a second chance. */
  private final List<KeyEntry> live = new ArrayList<>();

  /** Keys that held nothing when they were last looked at. */
  private final List<KeyEntry> empty = new ArrayList<>();

  private int hand;
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
    this.maxLive = Math.max(1, host.settings().maxLiveKeys() / host.definition().keyGroups());
    this.waking = key -> image -> cell(key, image);
  }

  /** Makes the cell of a key; for any thread, the one that will use it. */
  KeyCell<Object, Object, Object> cell(Object key, Image image) {
    StepDefinition<Object, Object, Object> step = host.definition();
    try {
      return new KeyCell<>(step, key, address.group(), attempt, host.clock(), image);
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

  /** Sends each key its part of the work; keys that sleep are read together, then get theirs. */
  void dispatch(Work work) {
    work.arm();
    List<KeyEntry> asleep = new ArrayList<>();
    for (KeySlot slot : work.slots) {
      KeyEntry entry = slot.entry;
      entry.inFlight++;
      ActorRef<KeySlot> actor = entry.actor;
      if (actor != null) {
        entry.used = true;
        actor.tell(slot);
      } else if (entry.waiting != null) {
        entry.waiting.add(slot);
      } else if (stored.mayHave(entry)) {
        entry.waiting = new ArrayList<>(2);
        entry.waiting.add(slot);
        asleep.add(entry);
      } else {
        wake(entry, entry.overlay.over(new TreeMap<>())).tell(slot);
      }
    }
    if (!asleep.isEmpty()) {
      read(asleep);
    }
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

  void imagesRead(ImagesRead read) {
    for (int i = 0; i < read.entries().size(); i++) {
      KeyEntry entry = read.entries().get(i);
      List<KeySlot> waiting = entry.waiting == null ? List.of() : entry.waiting;
      entry.waiting = null;
      ActorRef<KeySlot> actor = wake(entry, entry.overlay.over(read.images().get(i)));
      entry.overlay.dropUpTo(inRowsUpTo);
      waiting.forEach(actor::tell);
    }
  }

  private ActorRef<KeySlot> wake(KeyEntry entry, Image image) {
    ActorRef<KeySlot> actor =
        context.spawnAnonymous(
            new KeyActor(image, waking.apply(entry.key)),
            DispatcherSelector.fromConfig(host.settings().dispatcher()));
    entry.actor = actor;
    entry.used = true;
    entry.place = live.size();
    live.add(entry);
    return actor;
  }

  /** After every work: lets keys go and puts keys to sleep, as far as it is time to. */
  void rest() {
    if (host.commits() != Commits.CHECKPOINTS && ++works % WORKS_BETWEEN_SWEEPS == 0) {
      sleepEmpty();
    }
    sleepOverLimit();
  }

  /** Puts keys to sleep until no more than the limit are awake, or the rest is at work. */
  private void sleepOverLimit() {
    int chances = 2 * live.size();
    while (live.size() > maxLive && chances-- > 0) {
      hand = hand >= live.size() ? 0 : hand;
      KeyEntry entry = live.get(hand);
      if (entry.used || !entry.isIdle()) {
        entry.used = false;
        hand++;
      } else {
        sleep(entry);
      }
    }
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
      if (entry.empty && entry.isIdle() && entry.actor != null) {
        sleep(entry);
      }
    }
    empty.clear();
  }

  private void sleep(KeyEntry entry) {
    KeyEntry last = live.remove(live.size() - 1);
    if (last != entry) {
      live.set(entry.place, last);
      last.place = entry.place;
    }
    ActorRef<KeySlot> actor = entry.actor;
    entry.actor = null;
    if (actor != null) {
      context.stop(actor);
    }
    forgetIfPossible(entry);
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

  /** Stops every key actor; what they still do is ignored. */
  void stopAll() {
    for (KeyEntry entry : live) {
      if (entry.actor != null) {
        context.stop(entry.actor);
      }
    }
  }

  /** Returns how many keys may be awake. */
  int maxLive() {
    return maxLive;
  }
}
