package dev.keyling.benchmarks.workload;

/** W4: what the cart costs. */
final class Carts implements Model {
  private final long[] costs;

  Carts(int keys) {
    costs = new long[keys];
  }

  @Override
  public void add(int key, long amount, long time, Digest out) {
    costs[key] += Event.quantity(amount) * Event.price(Event.product(amount));
    out.add(costs[key]);
  }
}
