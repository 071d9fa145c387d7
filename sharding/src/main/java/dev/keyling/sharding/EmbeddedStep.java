package dev.keyling.sharding;

import dev.keyling.KeyView;
import dev.keyling.actors.BatchReply;
import dev.keyling.actors.BatchReply.Refused;
import dev.keyling.actors.BatchReply.Result;
import dev.keyling.actors.BatchReply.Results;
import dev.keyling.actors.Elements;
import dev.keyling.actors.GroupCommand;
import dev.keyling.kernel.Outputs;
import dev.keyling.sharding.embedded.EmbeddedStage;
import dev.keyling.sharding.embedded.Groups;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.FlowWithContext;

/** A keyed step outside of a dataflow. */
@SuppressWarnings("unchecked") // keys, elements and outputs are of the step's own types
final class EmbeddedStep<K, I, O> implements KeyedRef<K, I, O> {
  private final ActorSystem<?> system;
  private final Groups groups;

  EmbeddedStep(ActorSystem<?> system, Groups groups) {
    this.system = system;
    this.groups = groups;
  }

  @Override
  public Flow<I, O, NotUsed> flow(Function<? super I, ? extends K> key) {
    return Flow.fromGraph(
        new EmbeddedStage<I, O>(
            groups,
            new EmbeddedStage.Shape<>(
                key::apply,
                element -> element,
                (element, output) -> (O) output,
                output -> (O) output)));
  }

  @Override
  public <C> FlowWithContext<I, C, O, C, NotUsed> flowWithContext(
      Function<? super I, ? extends K> key) {
    return FlowWithContext.fromPairs(
        Flow.fromGraph(
            new EmbeddedStage<Pair<I, C>, Pair<O, C>>(
                groups,
                new EmbeddedStage.Shape<>(
                    pair -> key.apply(pair.first()),
                    Pair::first,
                    (pair, output) -> Pair.create((O) output, pair.second()),
                    output -> null))));
  }

  @Override
  public CompletionStage<List<O>> ask(K key, I element) {
    return one(key, element)
        .thenCompose(
            result ->
                result.failure() == null
                    ? CompletableFuture.completedFuture((List<O>) result.outputs())
                    : CompletableFuture.failedFuture(result.failure()));
  }

  @Override
  public CompletionStage<Done> tell(K key, I element) {
    return ask(key, element).thenApply(outputs -> Done.getInstance());
  }

  private CompletionStage<Result> one(K key, I element) {
    Elements elements = new Elements(1, true);
    elements.add(key, element, Outputs.NO_TIMESTAMP);
    int group = groups.groupOf(key);
    CompletionStage<BatchReply> reply =
        AskPattern.ask(
            groups.region(),
            replyTo ->
                new ShardingEnvelope<>(Integer.toString(group), Groups.batch(0, elements, replyTo)),
            groups.answerTimeout(),
            system.scheduler());
    return reply.thenCompose(EmbeddedStep::resultOf);
  }

  private static CompletionStage<Result> resultOf(BatchReply reply) {
    if (reply instanceof Results results) {
      return CompletableFuture.completedFuture(results.results().get(0));
    }
    if (reply instanceof Refused refused) {
      return CompletableFuture.failedFuture(refused.cause());
    }
    return CompletableFuture.failedFuture(new IllegalStateException("answered by " + reply));
  }

  @Override
  public CompletionStage<KeyView> view(K key) {
    return AskPattern.askWithStatus(
        groups.region(),
        replyTo ->
            new ShardingEnvelope<>(
                Integer.toString(groups.groupOf(key)), new GroupCommand.View(key, replyTo)),
        groups.answerTimeout(),
        system.scheduler());
  }
}
