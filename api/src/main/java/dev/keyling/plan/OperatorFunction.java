package dev.keyling.plan;

import dev.keyling.function.CheckpointListener;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OperatorContext;
import dev.keyling.function.ProcessFunction;
import dev.keyling.function.RuntimeContext;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An operator as a keyed function whose key is the number of the partition, so that it is stored,
 * sealed and rolled back as keys are. It makes the user's function when it is told to begin, which
 * is before anything else.
 */
public final class OperatorFunction
    implements KeyedProcessFunction<Object, Object, Object>, CheckpointListener {
  private final Function<OperatorContext, ProcessFunction<Object, Object>> factory;
  private final OperatorContext context;
  private @Nullable ProcessFunction<Object, Object> function;

  private OperatorFunction(
      Function<OperatorContext, ProcessFunction<Object, Object>> factory, OperatorContext context) {
    this.factory = factory;
    this.context = context;
  }

  /** Makes the function of a partition; by it a step is known to be an operator. */
  public record Factory(Function<OperatorContext, ProcessFunction<Object, Object>> functions)
      implements Function<RuntimeContext, KeyedProcessFunction<Object, Object, Object>> {

    /** Makes the function of a partition, which is to begin before anything else. */
    @Override
    public OperatorFunction apply(RuntimeContext context) {
      return new OperatorFunction(functions, (OperatorContext) context);
    }
  }

  /** Makes the user's function and gives it its memory back. */
  public void begin() throws Exception {
    ProcessFunction<Object, Object> made =
        Objects.requireNonNull(factory.apply(context), "the factory of the functions gave null");
    function = made;
    made.initializeState(context);
  }

  private ProcessFunction<Object, Object> function() {
    ProcessFunction<Object, Object> made = function;
    if (made == null) {
      throw new IllegalStateException("the operator has not begun");
    }
    return made;
  }

  @Override
  public void processElement(Object value, Context<Object> ctx, Collector<Object> out)
      throws Exception {
    function().processElement(value, out);
  }

  @Override
  public void onEndOfInput(Context<Object> ctx, Collector<Object> out) throws Exception {
    function().onEndOfInput(out);
  }

  /** Has the function write what it remembers. */
  public void snapshot(long checkpointId) throws Exception {
    function().snapshotState(checkpointId);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    function().notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    function().notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void close() {
    if (function != null) {
      function.close();
    }
  }
}
