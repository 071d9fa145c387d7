package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.programs.ShoppingCart.Cart;
import dev.keyling.examples.programs.ShoppingCart.Change;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShoppingCartTest {

  @Test
  void showsTheCartInTheOrderOfNamesAfterEveryChange() {
    List<Cart> carts =
        Programs.run(
            ShoppingCart::of,
            new Change("u", "pear", 3),
            new Change("u", "apple", 2),
            new Change("u", "pear", -2));
    assertThat(carts)
        .containsExactly(
            cart(Map.of("pear", 3L)),
            cart(Map.of("apple", 2L, "pear", 3L)),
            cart(Map.of("apple", 2L, "pear", 1L)));
    assertThat(carts.get(2).cart().firstKey()).isEqualTo("apple");
  }

  @Test
  void takesAProductOutAtZeroAndBelow() {
    assertThat(
            Programs.run(
                ShoppingCart::of,
                new Change("u", "a", 1),
                new Change("u", "a", -1),
                new Change("u", "b", 1),
                new Change("u", "b", -5),
                new Change("u", "c", 0)))
        .containsExactly(
            cart(Map.of("a", 1L)),
            cart(Map.of()),
            cart(Map.of("b", 1L)),
            cart(Map.of()),
            cart(Map.of()));
  }

  private static Cart cart(Map<String, Long> quantities) {
    return new Cart("u", new TreeMap<>(quantities));
  }
}
