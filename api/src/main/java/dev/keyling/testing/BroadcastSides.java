package dev.keyling.testing;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.kernel.BroadcastView;
import dev.keyling.kernel.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What handles the broadcast elements of a step: one function object and one broadcast state for
 * each key group, as in a running system, so that what it emits comes as often.
 */
final class BroadcastSides {
  private final List<KeyMemory> groups = new ArrayList<>();
  private final Map<Integer, BroadcastView> views = new TreeMap<>();
  private final Maker maker;

  /** Makes the memory of a key group. */
  interface Maker {
    KeyMemory make(int group, Image image);
  }

  BroadcastSides(int count, Maker maker) {
    this.maker = maker;
    for (int group = 0; group < count; group++) {
      groups.add(maker.make(group, Image.EMPTY));
    }
  }

  List<KeyMemory> groups() {
    return groups;
  }

  /** Returns what the keys of a group see. */
  BroadcastView viewOf(int group) {
    return views.getOrDefault(group, BroadcastView.EMPTY);
  }

  /** A broadcast element has been handled. */
  void changed(KeyMemory group) {
    views.put(group.group(), BroadcastView.of(group.image()));
  }

  void save(ByteWriter writer) {
    groups.forEach(group -> group.save(writer));
  }

  void load(ByteReader reader) {
    for (int group = 0; group < groups.size(); group++) {
      reader.readBytes();
      KeyMemory loaded = maker.make(group, KeyMemory.read(reader));
      groups.set(group, loaded);
      changed(loaded);
    }
  }

  void close() {
    groups.forEach(KeyMemory::sleep);
  }
}
