package dev.keyling.state;

/**
 * Turns what an earlier program stored of a key into what this one declares. A {@code
 * KeyedProcessFunction} implements it too:
 *
 * <pre>{@code
 * final class Totals implements KeyedProcessFunction<String, Order, Double>, StateMigration {
 *   private static final ValueStateDescriptor<Long> CENTS =
 *       new ValueStateDescriptor<>("total", Types.LONG);
 *   private final ValueState<Double> total;
 *
 *   Totals(RuntimeContext ctx) {
 *     total = ctx.getState(new ValueStateDescriptor<>("total", Types.DOUBLE));
 *   }
 *
 *   public void migrateState(KeyedStateStore stored) {
 *     Long cents = stored.getState(CENTS).value();
 *     if (cents != null) {
 *       total.update(cents / 100.0);
 *     }
 *   }
 * }
 * }</pre>
 */
public interface StateMigration {

  /**
   * Called when a key wakes for which something is left over: stored under a name that the function
   * has not declared when it was made, or declared with a kind or type that cannot read it. That is
   * before the key's first element, timer, view or end of input; states are used here as in a turn.
   *
   * <p>{@code stored} gives what is left over by the descriptors that it was stored with, to be
   * read and not written, until the call returns. A state is empty there if nothing of that name,
   * kind and type is left over, so the states of several earlier programs can be asked for in turn.
   * A state that is found this way is consumed: after the call it is gone, and what the function
   * has written into its own states is there instead. Both become part of the key's next commit.
   * Until that is stored a restart calls again, with the same; afterwards nothing is left over. So
   * the result must depend on {@code stored} and the function's own states alone.
   *
   * <p>What is not asked for stays: a state that is no longer declared is kept, and this is called
   * again when the key wakes next; a state that cannot be read as declared is refused, as it is
   * without this method.
   *
   * @throws Exception to refuse the key; nothing changes then, and it fails as a function that
   *     cannot be made does
   */
  void migrateState(KeyedStateStore stored) throws Exception;
}
