package dev.keyling;

import dev.keyling.connector.Sink;
import dev.keyling.function.EnrichFunction;
import dev.keyling.function.MapFunction;
import dev.keyling.function.OperatorContext;
import dev.keyling.function.ProcessFunction;
import dev.keyling.operator.Enriching;
import dev.keyling.plan.ElementOperator;
import dev.keyling.plan.Node;
import dev.keyling.plan.Node.BranchNode;
import dev.keyling.plan.Node.KeyByNode;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.SideNode;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.plan.Node.TimestampsNode;
import dev.keyling.plan.Node.TransformNode;
import dev.keyling.plan.Node.UnionNode;
import dev.keyling.plan.OperatorFunction;
import dev.keyling.state.TypeInformation;
import dev.keyling.time.WatermarkStrategy;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A stream as a node of the dataflow that is being written. Here types turn into objects. */
@SuppressWarnings("unchecked") // a node's functions only ever see elements of its own stream
class PlannedStream<T> implements DataStream<T> {
  final Dataflow flow;
  final Node node;

  /** The type of the elements, if it was declared. */
  final @Nullable TypeInformation<Object> type;

  PlannedStream(Dataflow flow, Node node) {
    this(flow, node, null);
  }

  PlannedStream(Dataflow flow, Node node, @Nullable TypeInformation<Object> type) {
    this.flow = flow;
    this.node = node;
    this.type = type;
  }

  @Override
  public Dataflow dataflow() {
    return flow;
  }

  @Override
  public DataStream<T> returns(TypeInformation<T> declared) {
    return new PlannedStream<>(flow, node, (TypeInformation<Object>) declared);
  }

  @Override
  public <R> DataStream<R> map(MapFunction<? super T, ? extends R> function) {
    return new PlannedStream<>(flow, transform(mapping(function)));
  }

  @Override
  public <R> DataStream<R> flatMap(
      MapFunction<? super T, ? extends Iterable<? extends R>> function) {
    return new PlannedStream<>(flow, transform(flatMapping(function)));
  }

  @Override
  public DataStream<T> filter(Predicate<? super T> predicate) {
    return new PlannedStream<>(flow, transform(filtering(predicate)), type);
  }

  final Node transform(ElementOperator operator) {
    return flow.add(new TransformNode(node, operator));
  }

  final ElementOperator mapping(MapFunction<? super T, ?> function) {
    return (key, value, out) ->
        out.accept(Objects.requireNonNull(function.map((T) value), "a map function gave null"));
  }

  final ElementOperator flatMapping(MapFunction<? super T, ? extends Iterable<?>> function) {
    return (key, value, out) -> {
      for (Object each : function.map((T) value)) {
        out.accept(Objects.requireNonNull(each, "a flatMap function gave null"));
      }
    };
  }

  final ElementOperator filtering(Predicate<? super T> predicate) {
    return (key, value, out) -> {
      if (predicate.test((T) value)) {
        out.accept(value);
      }
    };
  }

  @Override
  public Branch<T> branch(Predicate<? super T> predicate) {
    BranchNode branch = flow.add(new BranchNode(node, (Predicate<Object>) predicate));
    return new Branch<>(
        new PlannedStream<>(flow, flow.add(new SideNode(branch, true)), type),
        new PlannedStream<>(flow, flow.add(new SideNode(branch, false)), type));
  }

  @Override
  public DataStream<T> union(DataStream<? extends T> other) {
    if (!(other instanceof PlannedStream<?> that) || that.flow != flow) {
      throw new IllegalArgumentException(
          flow + ": a union takes a stream of the same dataflow, this one is of another");
    }
    return new PlannedStream<>(flow, flow.add(new UnionNode(node, that.node)), type);
  }

  @Override
  public <K> KeyedStream<K, T> keyBy(Function<? super T, ? extends K> key) {
    return keyed(key, null);
  }

  @Override
  public <K> KeyedStream<K, T> keyBy(
      Function<? super T, ? extends K> key, TypeInformation<K> keyType) {
    return keyed(key, (TypeInformation<Object>) keyType);
  }

  private <K> KeyedStream<K, T> keyed(
      Function<? super T, ? extends K> key, @Nullable TypeInformation<Object> keyType) {
    return new PlannedKeyedStream<>(
        flow, flow.add(new KeyByNode(node, (Function<Object, Object>) key)), keyType, type);
  }

  @Override
  public DataStream<T> assignTimestampsAndWatermarks(WatermarkStrategy strategy) {
    return new PlannedStream<>(flow, flow.add(new TimestampsNode(node, null, strategy)), type);
  }

  @Override
  public DataStream<T> assignTimestampsAndWatermarks(
      ToLongFunction<? super T> timestamp, WatermarkStrategy strategy) {
    return new PlannedStream<>(
        flow,
        flow.add(new TimestampsNode(node, (ToLongFunction<Object>) timestamp, strategy)),
        type);
  }

  @Override
  public <O> DataStream<O> transform(
      String stepId, Function<OperatorContext, ? extends ProcessFunction<T, O>> factory) {
    return operator(stepId, factory);
  }

  private <O> PlannedStream<O> operator(
      String stepId, Function<OperatorContext, ? extends ProcessFunction<T, O>> factory) {
    flow.claim(stepId, "an operator");
    OperatorFunction.Factory functions =
        new OperatorFunction.Factory(
            (Function<OperatorContext, ProcessFunction<Object, Object>>)
                (Function<OperatorContext, ?>) factory);
    return new PlannedStream<>(flow, flow.add(new KeyedNode(stepId, node, null, functions)));
  }

  @Override
  public BroadcastStream<T> broadcast() {
    return new PlannedBroadcastStream<>(this);
  }

  @Override
  public DataStream<T> inspect(String stepId, Consumer<? super T> look) {
    return new PlannedStream<>(flow, inspecting(stepId, look), type);
  }

  final Node inspecting(String stepId, Consumer<? super T> look) {
    flow.claim(stepId, "an inspect");
    return transform(
        (key, value, out) -> {
          look.accept((T) value);
          out.accept(value);
        });
  }

  @Override
  public DataStream<T> inspectDebug(String stepId, Consumer<? super Inspected<T>> look) {
    return new PlannedStream<>(flow, debugging(stepId, false, look), type);
  }

  final Node debugging(String stepId, boolean keyed, Consumer<? super Inspected<T>> look) {
    flow.claim(stepId, "an inspectDebug");
    return transform(ElementOperator.perLane(lane -> new Inspecting<T>(stepId, keyed, look, lane)));
  }

  @Override
  public void raises(String stepId) {
    flow.claim(stepId, "a raises");
    transform(
        (key, value, out) -> {
          throw new IllegalStateException(
              "%s: no element may come here, but %s did; see to it that it takes another way"
                  .formatted(where(stepId), value));
        });
  }

  @Override
  public <K, V, R> DataStream<R> enrichCached(
      String stepId,
      MapFunction<? super K, ? extends V> getter,
      Duration ttl,
      EnrichFunction<K, V, ? super T, ? extends R> mapper) {
    return new PlannedStream<>(flow, enriching(stepId, getter, ttl, mapper));
  }

  final <K, V, R> Node enriching(
      String stepId,
      MapFunction<? super K, ? extends V> getter,
      Duration ttl,
      EnrichFunction<K, V, ? super T, ? extends R> mapper) {
    String where = where(stepId);
    if (ttl.isNegative()) {
      throw new IllegalArgumentException(
          where + ": a time to live of " + ttl + " is over before it begins; give 0 or more");
    }
    flow.claim(stepId, "an enrichCached");
    return transform(
        ElementOperator.perLane(lane -> new Enriching<>(getter, ttl, mapper, where, lane)));
  }

  private String where(String stepId) {
    return flow + " step \"" + stepId + "\"";
  }

  @Override
  public DataStream<T> redistribute(String stepId) {
    PlannedStream<T> spread = operator(stepId, ctx -> (value, out) -> out.collect(value));
    return new PlannedStream<>(flow, spread.node, type);
  }

  @Override
  public void to(String stepId, Sink<? super T> sink) {
    flow.claim(stepId, "a sink");
    flow.add(new SinkNode(stepId, node, sink, type));
  }
}
