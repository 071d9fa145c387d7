package dev.keyling.actors;

import dev.keyling.actors.StepHost.Commits;
import dev.keyling.kernel.Delta;
import java.util.ArrayList;
import java.util.List;

/**
 * What the next commit of a key group will hold: the keys that changed since the last one, and the
 * watermark. Runs in the key group's thread.
 */
final class NextCommit {
  private final Memory memory;
  private final boolean stored;
  private List<KeyEntry> changed = new ArrayList<>();
  private long watermark;
  private long beforeEnd;

  NextCommit(Memory memory, Commits commits, long watermark) {
    this.memory = memory;
    this.stored = commits != Commits.NEVER;
    this.watermark = watermark;
    this.beforeEnd = watermark;
  }

  long watermark() {
    return watermark;
  }

  /** Returns the watermark without the end of input, which is not a time. */
  long eventTime() {
    return beforeEnd;
  }

  /** Event time moves on; it never goes back. */
  void advance(long to) {
    watermark = Math.max(watermark, to);
    if (watermark != Long.MAX_VALUE) {
      beforeEnd = watermark;
    }
  }

  /** Takes over what a key changed. */
  void take(KeyEntry entry, List<Delta> deltas) {
    if (!stored) {
      entry.overlay.keep(deltas);
      return;
    }
    memory.backlog().changed(entry.overlay.merge(deltas));
    if (entry.overlay.hasPending() && !entry.changed) {
      entry.changed = true;
      changed.add(entry);
    }
  }

  /** Makes what has changed a commit of its own, as an embedded step does. */
  void sealChanges() {
    if (!isEmpty()) {
      seal(memory.sealedUpTo() + 1);
    }
  }

  boolean isEmpty() {
    return changed.isEmpty();
  }

  /** Makes it a commit; the end of input is not a time, and is never stored. */
  void seal(long id) {
    for (KeyEntry entry : changed) {
      entry.changed = false;
    }
    memory.seal(id, beforeEnd, changed);
    changed = new ArrayList<>();
  }
}
