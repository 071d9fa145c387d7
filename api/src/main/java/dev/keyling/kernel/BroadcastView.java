package dev.keyling.kernel;

import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReadOnlyBroadcastState;
import dev.keyling.state.TypeInformation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The broadcast states of a key group between two broadcast elements. Immutable, and shared by the
 * threads of all its keys; a state is decoded when the first of them looks at it.
 */
public final class BroadcastView {
  /** The broadcast states of a step that has none, or of one that nothing was put into. */
  public static final BroadcastView EMPTY = new BroadcastView(Image.EMPTY);

  private final Image image;
  private final Map<String, Read> read = new ConcurrentHashMap<>();

  private BroadcastView(Image image) {
    this.image = image;
  }

  /** Shows what a key group keeps under its {@link GroupKey}. */
  public static BroadcastView of(Image image) {
    return image.isEmpty() ? EMPTY : new BroadcastView(image);
  }

  /** Returns what it shows after these changes. */
  public BroadcastView with(List<Delta> deltas) {
    return deltas.isEmpty() ? this : of(image.with(deltas));
  }

  /** Refuses a descriptor that cannot be one of a broadcast state of the step. */
  static void require(StepDefinition<?, ?, ?> definition, MapStateDescriptor<?, ?> descriptor) {
    if (descriptor.getTtlConfig().isEnabled()) {
      throw new IllegalArgumentException(
          "%s: the broadcast state \"%s\" cannot have a time to live; remove its entries by a broadcast element"
              .formatted(definition.where(), descriptor.getName()));
    }
    definition.entriesOf(StateKind.of(descriptor), descriptor);
  }

  /** A state as it was read, and the descriptor that it was read by. */
  private record Read(MapStateDescriptor<?, ?> descriptor, Map<Object, MapItem<Object>> items) {}

  @SuppressWarnings("unchecked") // the step's definition has compared the types
  <UK, UV> ReadOnlyBroadcastState<UK, UV> read(
      StepDefinition<?, ?, ?> definition, MapStateDescriptor<UK, UV> descriptor, Turns turns) {
    Read state = read.get(descriptor.getName());
    if (state == null || state.descriptor() != descriptor) {
      require(definition, descriptor); // not free, so not every time
      state =
          image.isEmpty()
              ? new Read(descriptor, Map.of())
              : read.computeIfAbsent(
                  descriptor.getName(),
                  unread -> new Read(descriptor, decoded(definition, descriptor)));
    }
    return new BroadcastReading<>(
        turns, (Map<Object, MapItem<UK>>) (Map<?, ?>) state.items(), descriptor);
  }

  private Map<Object, MapItem<Object>> decoded(
      StepDefinition<?, ?, ?> definition, MapStateDescriptor<?, ?> descriptor) {
    try {
      return decoded(descriptor);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: what is stored of the broadcast state \"%s\" cannot be read as %s: %s"
              .formatted(
                  definition.where(), descriptor.getName(), descriptor.describe(), e.getMessage()),
          e);
    }
  }

  @SuppressWarnings("unchecked")
  private Map<Object, MapItem<Object>> decoded(MapStateDescriptor<?, ?> descriptor) {
    TypeInformation<Object> keyType = (TypeInformation<Object>) descriptor.getKeyType();
    TypeInformation<Object> valueType = (TypeInformation<Object>) descriptor.getValueType();
    Map<Object, MapItem<Object>> items = new LinkedHashMap<>();
    image
        .entries()
        .forEach(
            (entry, value) -> {
              if (entry.isState() && entry.stateParts().name().equals(descriptor.getName())) {
                Object key = keyType.codec().decode(entry.stateParts().entry());
                MapItem<Object> item = new MapItem<>(MapItem.lookup(key, keyType), entry, keyType);
                item.value(
                    valueType.isImmutable()
                        ? EntryValue.of(value.get(valueType), valueType, EntryValue.NO_STAMP)
                        // afresh: what has been decoded already is for one reader only
                        : EntryValue.stored(value.bytes()));
                items.put(item.lookup(), item);
              }
            });
    return items;
  }
}
