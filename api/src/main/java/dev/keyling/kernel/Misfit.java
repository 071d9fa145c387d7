package dev.keyling.kernel;

import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.Codec;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.ValueStateDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A state of a key that is stored otherwise than it is declared, in words. */
record Misfit(String name, String stored, String declared, IllegalArgumentException cause) {

  /** Returns what does not fit, or null: everything that is stored can be read as declared. */
  static @Nullable Misfit of(
      StateDescriptor<?> declared, StateKind kind, SortedMap<EntryKey, EntryValue> stored) {
    TypeInformation<?> type = typeOf(declared);
    for (Map.Entry<EntryKey, EntryValue> entry : stored.entrySet()) {
      EntryKey.StateParts parts = entry.getKey().stateParts();
      for (EntryValue value : values(entry.getKey(), entry.getValue(), parts.kind())) {
        try {
          if (parts.kind() != kind) {
            throw new IllegalArgumentException("these are different kinds of state");
          }
          value.requireReadable(type);
          if (declared instanceof MapStateDescriptor<?, ?> map) {
            requireSame(parts.entry(), map.getKeyType());
          }
        } catch (IllegalArgumentException e) {
          String was = parts.kind().inWords + "<" + value.describe() + ">";
          return new Misfit(declared.getName(), was, declared.describe(), e);
        }
      }
    }
    return null;
  }

  private static List<EntryValue> values(EntryKey key, EntryValue value, StateKind kind) {
    return kind == StateKind.LIST || kind == StateKind.UNION
        ? List.of(Chunk.stored(key, value).items())
        : List.of(value);
  }

  private static TypeInformation<?> typeOf(StateDescriptor<?> declared) {
    if (declared instanceof ValueStateDescriptor<?> value) {
      return value.getType();
    } else if (declared instanceof ListStateDescriptor<?> list) {
      return list.getElementType();
    } else if (declared instanceof MapStateDescriptor<?, ?> map) {
      return new MapEntryType<>(map.getKeyType(), map.getValueType());
    } else if (declared instanceof ReducingStateDescriptor<?> reducing) {
      return reducing.getType();
    }
    return ((AggregatingStateDescriptor<?, ?, ?>) declared).getAccumulatorType();
  }

  /** A map key that decodes but is encoded in another way today would be another key. */
  private static <UK> void requireSame(byte[] key, TypeInformation<UK> type) {
    Codec<UK> codec = type.codec();
    if (!codec.storedType().isCertain() && !Arrays.equals(codec.encode(codec.decode(key)), key)) {
      throw new IllegalArgumentException("a key would be stored as other bytes today");
    }
  }

  /** Says what is stored, what is declared, and what can be done. */
  String message() {
    return ("the state \"%s\" is stored as %s and declared as %s (%s). Nothing was changed. Run the"
            + " program that wrote it, give the new state another name, or turn the old one into"
            + " the new one by a StateMigration")
        .formatted(name, stored, declared, cause.getMessage());
  }
}
