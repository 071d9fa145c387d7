package dev.keyling.kernel;

import dev.keyling.state.TypeInformation;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An entry as an iteration shows it; setting its value stores. */
final class MapEntry<UK, UV> implements Map.Entry<UK, UV> {
  private final MapHandle<UK, UV> map;
  private final TypeInformation<UV> valueType;
  private final MapItem<UK> item;

  MapEntry(MapHandle<UK, UV> map, TypeInformation<UV> valueType, MapItem<UK> item) {
    this.map = map;
    this.valueType = valueType;
    this.item = item;
  }

  @Override
  public UK getKey() {
    return item.key();
  }

  @Override
  @SuppressWarnings("NullAway") // a null value is a value here
  public UV getValue() {
    return item.value().get(valueType);
  }

  @Override
  public UV setValue(UV value) {
    UV before = getValue();
    map.put(item.key(), value);
    return before;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Map.Entry<?, ?> that
        && getKey().equals(that.getKey())
        && Objects.equals(getValue(), that.getValue());
  }

  @Override
  public int hashCode() {
    return getKey().hashCode() ^ Objects.hashCode(getValue());
  }

  @Override
  public String toString() {
    return getKey() + "=" + getValue();
  }
}
