package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.Join;
import dev.keyling.JoinEmitMode;
import dev.keyling.JoinInsertMode;
import dev.keyling.JoinRow;
import dev.keyling.JoinSide;
import dev.keyling.KeyedStep;
import dev.keyling.state.Types;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Joins users with their orders, both by the user's id.
 *
 * @param joined the step that joins
 * @param rows what it gives, as this program shows it
 */
public record Orders(KeyedStep<String, JoinRow> joined, DataStream<UserOrder> rows) {

  /** What comes in: both on one stream. */
  public sealed interface Entry {}

  /** Somebody who may order something. */
  public record User(String id, String name) implements Entry {}

  /** Somebody orders something. */
  public record Order(String user, String item) implements Entry {}

  /** A user's name and what was ordered; null is what there is not. */
  public record UserOrder(@Nullable String user, @Nullable String order) {}

  /** Writes the program. */
  public static Orders of(DataStream<Entry> entries, JoinInsertMode insert, JoinEmitMode emit) {
    JoinSide<String, User> users =
        entries
            .filterMap(entry -> entry instanceof User user ? Optional.of(user) : Optional.empty())
            .keyBy(User::id)
            .side(Types.of(User.class));
    JoinSide<String, Order> orders =
        entries
            .filterMap(entry -> entry instanceof Order it ? Optional.of(it) : Optional.empty())
            .keyBy(Order::user)
            .side(Types.of(Order.class));
    KeyedStep<String, JoinRow> joined = Join.of("orders", insert, emit, users, orders);
    return new Orders(joined, joined.map(row -> shown(row.get(users), row.get(orders))));
  }

  private static UserOrder shown(@Nullable User user, @Nullable Order order) {
    return new UserOrder(user == null ? null : user.name(), order == null ? null : order.item());
  }
}
