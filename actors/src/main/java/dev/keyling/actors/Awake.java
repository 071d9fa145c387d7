package dev.keyling.actors;

import dev.keyling.kernel.Desk;
import dev.keyling.kernel.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The keys of a key group that are awake. They live in the key group's thread; one that takes long
 * gets an actor of its own, or each if "long" is nothing. The least recently used are put to sleep.
 * Runs in the key group's thread.
 */
final class Awake {
  private final ActorContext<GroupCommand> context;
  private final StepHost host;
  private final KeyLife.Waking waking;
  private final Supplier<Desk> desks;
  private final Desk desk;
  private final int max;
  private final long takesLong;

  /** In no order; the hand goes round and gives each a second chance. */
  private final List<KeyEntry> live = new ArrayList<>();

  private int hand;

  /** What has been read ahead adds up to; or the compiler would leave it out. */
  private int fetched;

  /** Whether the last work took long: then it is seen whose fault that is. */
  private boolean watching;

  /**
   * @param desks makes a desk for the keys of one thread
   */
  Awake(
      ActorContext<GroupCommand> context,
      StepHost host,
      KeyLife.Waking waking,
      Supplier<Desk> desks) {
    this.context = context;
    this.host = host;
    this.waking = waking;
    this.desks = desks;
    this.desk = desks.get();
    this.max = Math.max(1, host.settings().maxLiveKeys() / host.definition().keyGroups());
    this.takesLong = host.settings().ownActorAfter().toNanos();
  }

  /** Returns how many keys may be awake. */
  int max() {
    return max;
  }

  void wake(KeyEntry entry, Image image) {
    KeyLife life = new KeyLife(waking, entry.key, desk, image);
    entry.life = life;
    if (takesLong == 0) {
      giveActor(entry, life);
    }
    entry.used = true;
    entry.place = live.size();
    live.add(entry);
  }

  /** Gives keys that are awake their work; returns how many are through with it. */
  int give(List<KeySlot> slots) {
    fetched = fetch(slots);
    long begun = System.nanoTime();
    int through = 0;
    long before = begun;
    for (KeySlot slot : slots) {
      KeyEntry entry = slot.entry;
      KeyLife life = entry.life;
      if (life == null) {
        continue; // its image is being read
      }
      entry.used = true;
      ActorRef<KeySlot> actor = entry.actor;
      if (actor != null) {
        actor.tell(slot);
        continue;
      }
      slot.run(life, slot.work.outputs);
      through++;
      if (watching) {
        long now = System.nanoTime();
        judge(entry, life, now - before);
        before = now;
      }
    }
    watching = System.nanoTime() - begun > takesLong;
    return through;
  }

  /**
   * Reads what the turns of all keys will read, before the first is taken. These reads do not
   * depend on one another, so the processor fetches the memory of several keys at a time; their
   * turns would wait for one after the other.
   */
  private static int fetch(List<KeySlot> slots) {
    int read = 0;
    for (KeySlot slot : slots) {
      KeyLife life = slot.entry.life;
      if (life != null && slot.entry.actor == null) {
        read += life.fetch() + slot.entry.overlay.fetch();
      }
    }
    return read;
  }

  /** Whoever takes long twice in a row gets an actor; once it may have been something else. */
  private void judge(KeyEntry entry, KeyLife life, long nanos) {
    boolean took = nanos > takesLong;
    if (took && entry.tookLong) {
      giveActor(entry, life);
    }
    entry.tookLong = took;
  }

  private void giveActor(KeyEntry entry, KeyLife life) {
    life.moveTo(desks.get());
    entry.actor =
        context.spawnAnonymous(
            new KeyActor(life), DispatcherSelector.fromConfig(host.settings().dispatcher()));
  }

  /** Puts keys to sleep until no more than the limit are awake, or the rest is at work. */
  List<KeyEntry> sleepOverLimit() {
    if (live.size() <= max) {
      return List.of();
    }
    List<KeyEntry> asleep = new ArrayList<>();
    int chances = 2 * live.size();
    while (live.size() > max && chances-- > 0) {
      hand = hand >= live.size() ? 0 : hand;
      KeyEntry entry = live.get(hand);
      if (entry.used || !entry.isIdle()) {
        entry.used = false;
        hand++;
      } else {
        sleep(entry);
        asleep.add(entry);
      }
    }
    return asleep;
  }

  /** Puts a key to sleep that is awake and idle. */
  void sleep(KeyEntry entry) {
    KeyEntry last = live.remove(live.size() - 1);
    if (last != entry) {
      live.set(entry.place, last);
      last.place = entry.place;
    }
    stop(entry);
  }

  private void stop(KeyEntry entry) {
    KeyLife life = Objects.requireNonNull(entry.life, "a key that is awake");
    ActorRef<KeySlot> actor = entry.actor;
    entry.life = null;
    entry.actor = null;
    entry.tookLong = false;
    if (actor == null) {
      life.close(context.getLog());
    } else {
      context.stop(actor);
    }
  }

  /** The group's life is over; what keys of their own actors still do is ignored. */
  void stopAll() {
    live.forEach(this::stop);
    live.clear();
  }
}
