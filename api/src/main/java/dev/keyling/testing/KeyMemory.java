package dev.keyling.testing;

import dev.keyling.KeyView;
import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.kernel.Delta;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.Outputs;
import dev.keyling.kernel.StepFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One key of a step: what a store would hold of it, and its cell while it is awake. After every
 * turn what is stored is brought up to date by the deltas alone, as bytes, and is compared with
 * what the cell holds.
 */
final class KeyMemory {
  /** Images of more entries are compared only when the key goes to sleep after every turn. */
  private static final int CHEAP = 100;

  private final Object key;
  private final byte[] bytes;
  private final int group;
  private final Function<Image, KeyCell<Object, Object, Object>> waking;
  private Image image;
  private @Nullable KeyCell<Object, Object, Object> cell;
  private long turns;

  KeyMemory(
      Object key,
      byte[] bytes,
      int group,
      Image image,
      Function<Image, KeyCell<Object, Object, Object>> waking) {
    this.key = key;
    this.bytes = bytes;
    this.group = group;
    this.image = image;
    this.waking = waking;
  }

  /** One turn of the key. */
  @FunctionalInterface
  interface Turn {
    void run(KeyCell<Object, Object, Object> cell, Outputs out);
  }

  Object key() {
    return key;
  }

  /** Returns the encoded key. */
  byte[] bytes() {
    return bytes;
  }

  int group() {
    return group;
  }

  /** Returns what is stored. */
  Image image() {
    return image;
  }

  /** Tells whether nothing is stored: no state and no timer. */
  boolean isEmpty() {
    return image.isEmpty();
  }

  /**
   * Takes a turn; returns what it changed.
   *
   * @param eventTime the watermark, without the end of input
   * @param sleeps whether the cell is thrown away afterwards
   */
  List<Delta> run(Turn turn, long eventTime, Outputs out, boolean sleeps) {
    KeyCell<Object, Object, Object> awake = awake();
    awake.at(++turns, eventTime); // every turn is committed by itself
    try {
      turn.run(awake, out);
      return store(awake, sleeps);
    } catch (StepFailure e) {
      requireNoTrace(awake, sleeps, e);
      throw e;
    } finally {
      if (sleeps) {
        sleep();
      }
    }
  }

  private void requireNoTrace(
      KeyCell<Object, Object, Object> awake, boolean sleeps, StepFailure failure) {
    try {
      store(awake, sleeps);
    } catch (AssertionError e) {
      e.addSuppressed(failure);
      throw e;
    }
  }

  /** Tells whether the key is awake and wants to know what becomes of checkpoints. */
  boolean listens() {
    KeyCell<Object, Object, Object> awake = cell;
    return awake != null && awake.hooks().checkpoints();
  }

  private KeyCell<Object, Object, Object> awake() {
    KeyCell<Object, Object, Object> awake = cell;
    if (awake == null) {
      awake = waking.apply(image);
      cell = awake;
    }
    return awake;
  }

  /** Lets the cell and its function go, if there are any. */
  void sleep() {
    KeyCell<Object, Object, Object> awake = cell;
    cell = null;
    if (awake != null) {
      awake.close();
    }
  }

  private List<Delta> store(KeyCell<Object, Object, Object> awake, boolean sleeps) {
    List<Delta> stored = new ArrayList<>();
    for (Delta delta : awake.takeDeltas()) {
      EntryValue value = delta.value();
      stored.add(
          value == null ? delta : new Delta(delta.entry(), EntryValue.stored(value.bytes())));
    }
    image = image.with(stored);
    if (sleeps || image.entries().size() <= CHEAP) {
      compare(image.entries(), awake.image().entries());
    }
    return stored;
  }

  private static void compare(
      SortedMap<EntryKey, EntryValue> stored, SortedMap<EntryKey, EntryValue> live) {
    boolean same = stored.keySet().equals(live.keySet());
    for (EntryKey entry : stored.keySet()) {
      EntryValue there = live.get(entry);
      EntryValue here = stored.get(entry);
      same &= there != null && here != null && Arrays.equals(here.bytes(), there.bytes());
    }
    if (!same) {
      throw new AssertionError(
          "what is stored of a key is not what its cell holds (a bug of Keyling, or a type whose"
              + " equal values are encoded differently): stored "
              + stored.keySet()
              + ", live "
              + live.keySet());
    }
  }

  /** Writes what is stored. */
  void save(ByteWriter writer) {
    writer.writeBytes(bytes);
    writer.writeVarInt(image.entries().size());
    image
        .entries()
        .forEach(
            (entry, value) -> {
              writer.writeBytes(entry.bytes());
              writer.writeBytes(value.bytes());
            });
  }

  /** Reads an image as {@link #save} wrote it, behind the key. */
  static Image read(ByteReader reader) {
    SortedMap<EntryKey, EntryValue> entries = new TreeMap<>();
    for (int left = reader.readVarInt(); left > 0; left--) {
      entries.put(EntryKey.of(reader.readBytes()), EntryValue.stored(reader.readBytes()));
    }
    return Image.of(entries);
  }

  KeyView view() {
    return awake().view();
  }

  int numEntries() {
    return awake().numEntries();
  }
}
