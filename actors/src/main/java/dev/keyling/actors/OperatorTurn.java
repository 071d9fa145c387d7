package dev.keyling.actors;

import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.OperatorCall;
import dev.keyling.kernel.Outputs;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An instance of an operator is told something. Its answer is written by the key actor and read by
 * the key group after the countdown.
 */
final class OperatorTurn implements Work.OfTurn.KeyTurn {
  private final OperatorCall call;
  private OperatorCall.@Nullable Answer answer;

  OperatorTurn(OperatorCall call) {
    this.call = call;
  }

  @Override
  public void run(KeyCell<Object, Object, Object> cell, Outputs out) {
    answer = cell.call(call, out);
  }

  @Override
  public GroupEvent done(int group, long soonest) {
    return new GroupEvent.OperatorAnswered(group, Objects.requireNonNull(answer));
  }
}
