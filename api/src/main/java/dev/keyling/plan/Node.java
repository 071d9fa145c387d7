package dev.keyling.plan;

import dev.keyling.OutputTag;
import dev.keyling.connector.Sink;
import dev.keyling.connector.Source;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.TypeInformation;
import dev.keyling.time.WatermarkStrategy;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One step of a dataflow as it was written. The nodes know their inputs only; types have been
 * checked by the language and are forgotten here. Two nodes are the same only if they are the same
 * object, so put them into identity maps.
 */
public sealed interface Node {

  /** Returns the nodes whose elements it takes. */
  List<Node> inputs();

  /** Elements from outside. */
  record SourceNode(String stepId, Source<?> source) implements Node {
    @Override
    public List<Node> inputs() {
      return List.of();
    }
  }

  /** map, filter, flatMap, inspect: any number of elements out of one. Keeps key and timestamp. */
  record TransformNode(Node input, ElementOperator operator) implements Node {
    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }

  /** Gives each element its key. */
  record KeyByNode(Node input, Function<Object, Object> key) implements Node {
    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }

  /** Gives elements timestamps (null: keeps those they have) and makes watermarks. */
  record TimestampsNode(
      Node input, @Nullable ToLongFunction<Object> timestamp, WatermarkStrategy strategy)
      implements Node {
    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }

  /** The elements of both. */
  record UnionNode(Node left, Node right) implements Node {
    @Override
    public List<Node> inputs() {
      return List.of(left, right);
    }
  }

  /** Asks the predicate once per element; its sides are {@link SideNode}s. */
  record BranchNode(Node input, Predicate<Object> predicate) implements Node {
    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }

  /** One side of a branch. */
  record SideNode(BranchNode branch, boolean side) implements Node {
    @Override
    public List<Node> inputs() {
      return List.of(branch);
    }
  }

  /**
   * A keyed step.
   *
   * @param keyType as declared; null for keys taken by value
   * @param broadcast makes what handles broadcast elements; null if there are none
   * @param elementType of what comes in, as declared; null if it is not, or if there is more than
   *     one input
   */
  record KeyedNode(
      String stepId,
      Node input,
      @Nullable TypeInformation<Object> keyType,
      Function<RuntimeContext, KeyedProcessFunction<Object, Object, Object>> factory,
      @Nullable
          Function<RuntimeContext, KeyedBroadcastProcessFunction<Object, Object, Object, Object>>
          broadcast,
      @Nullable TypeInformation<Object> elementType)
      implements Node {

    public KeyedNode(
        String stepId,
        Node input,
        @Nullable TypeInformation<Object> keyType,
        Function<RuntimeContext, KeyedProcessFunction<Object, Object, Object>> factory) {
      this(stepId, input, keyType, factory, null, null);
    }

    @Override
    public List<Node> inputs() {
      return List.of(input);
    }

    /** Tells whether it is an operator: its keys are partitions, and its input has none. */
    public boolean isOperator() {
      return factory instanceof OperatorFunction.Factory;
    }
  }

  /** A side output of a keyed step. */
  record SideOutputNode(KeyedNode step, OutputTag<?> tag) implements Node {
    @Override
    public List<Node> inputs() {
      return List.of(step);
    }
  }

  /** What a keyed step skipped; its presence makes the step skip. */
  record DeadLettersNode(KeyedNode step) implements Node {
    @Override
    public List<Node> inputs() {
      return List.of(step);
    }
  }

  /**
   * Elements to outside.
   *
   * @param elementType as declared; null if it is not
   */
  record SinkNode(
      String stepId, Node input, Sink<?> sink, @Nullable TypeInformation<Object> elementType)
      implements Node {
    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }
}
