package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.function.MapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps each user's shopping cart: a {@link MapState} from product to quantity. */
public final class ShoppingCart implements MapFunction<ShoppingCart.Change, ShoppingCart.Cart> {

  /** A user puts something into the cart, or takes it out when the quantity is negative. */
  public record Change(String user, String product, long quantity) {}

  /** What is in a user's cart, in the order of the products' names. */
  public record Cart(String user, SortedMap<String, Long> cart) {}

  private final MapState<String, Long> quantities;

  ShoppingCart(RuntimeContext ctx) {
    quantities = ctx.getMapState(new MapStateDescriptor<>("quantities", Types.STRING, Types.LONG));
  }

  /** Gives the user's whole cart after every change. */
  public static KeyedStep<String, Cart> of(DataStream<Change> changes) {
    return changes.keyBy(Change::user).map("cart", ShoppingCart::new);
  }

  @Override
  public Cart map(Change change) {
    Long before = quantities.get(change.product());
    long now = Math.addExact(before == null ? 0 : before, change.quantity());
    if (now > 0) {
      quantities.put(change.product(), now);
    } else {
      quantities.remove(change.product());
    }
    SortedMap<String, Long> cart = new TreeMap<>();
    for (Map.Entry<String, Long> entry : quantities.entries()) {
      cart.put(entry.getKey(), entry.getValue());
    }
    return new Cart(change.user(), cart);
  }
}
