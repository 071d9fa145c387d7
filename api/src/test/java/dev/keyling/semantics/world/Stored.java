package dev.keyling.semantics.world;

import dev.keyling.bytes.ByteReader;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.GroupKey;
import dev.keyling.time.TimeDomain;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * One entry of an image as a store holds it.
 *
 * @param key the encoded key
 */
public record Stored(ByteBuffer key, EntryKey entry) {
  /** What lists are marked with in the stored format. */
  private static final byte LIST = 'l';

  /** Returns the number of states and map entries of keys: a list is one, whatever its chunks. */
  static int count(Collection<Stored> stored) {
    Set<Stored> counted = new HashSet<>();
    stored.stream()
        .filter(each -> !each.entry().isWakeUp() && !GroupKey.is(each.key().array()))
        .forEach(each -> counted.add(each.withoutChunk()));
    return counted.size();
  }

  private Stored withoutChunk() {
    byte[] bytes = entry.bytes();
    if (bytes[1] != LIST) {
      return this;
    }
    ByteReader reader = new ByteReader(bytes);
    reader.readByte();
    reader.readByte();
    reader.readString();
    reader.readBytes();
    int chunk = reader.readRemaining().length;
    return new Stored(key, EntryKey.of(Arrays.copyOf(bytes, bytes.length - chunk)));
  }

  /** Returns when the first key is to be swept by the clock. */
  static long soonestSweep(Collection<Stored> stored) {
    return stored.stream()
        .map(Stored::entry)
        .filter(each -> each.isSweep() && each.domain() == TimeDomain.PROCESSING_TIME)
        .mapToLong(EntryKey::time)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
