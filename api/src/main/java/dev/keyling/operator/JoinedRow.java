package dev.keyling.operator;

import dev.keyling.JoinRow;
import dev.keyling.JoinSide;
import dev.keyling.function.Collector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value, or none, of each side.
 *
 * @param values in the order of the sides; not to be changed
 */
public record JoinedRow(
    List<? extends JoinSide<?, ?>> sides, List<? extends @Nullable Object> values)
    implements JoinRow {

  /**
   * Emits every combination of what the sides hold, the last side's values taking turns first.
   *
   * @param held by side, to be read several times; one that holds nothing has null in each row
   */
  public static void product(
      List<? extends JoinSide<?, ?>> sides,
      List<? extends Iterable<?>> held,
      Collector<JoinRow> out) {
    rows(sides, held, new ArrayList<>(), out);
  }

  private static void rows(
      List<? extends JoinSide<?, ?>> sides,
      List<? extends Iterable<?>> held,
      List<@Nullable Object> begun,
      Collector<JoinRow> out) {
    if (begun.size() == sides.size()) {
      out.collect(new JoinedRow(sides, Collections.unmodifiableList(new ArrayList<>(begun))));
      return;
    }
    Iterable<?> values = held.get(begun.size());
    for (Object value : values.iterator().hasNext() ? values : Collections.singletonList(null)) {
      begun.add(value);
      rows(sides, held, begun, out);
      begun.remove(begun.size() - 1);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the values of a side are of its type
  public <V> @Nullable V get(JoinSide<?, V> side) {
    int place = sides.indexOf(side);
    if (place < 0) {
      throw new IllegalArgumentException(
          "the row " + this + " has no such side; ask it for one that its join was given");
    }
    return (V) values.get(place);
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
