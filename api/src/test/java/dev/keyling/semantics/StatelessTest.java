package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** SEMANTICS Y8: operators without state, before a keyed step that is to know the keys still. */
@SemanticsSuite
@Proves("Y8")
class StatelessTest {

  /** Puts the key before what arrives. */
  private static final class Keyed<T> implements KeyedProcessFunction<String, T, String> {
    @Override
    public void processElement(T value, Context<String> ctx, Collector<String> out) {
      out.collect(ctx.getCurrentKey() + " " + value);
    }
  }

  private static List<String> outputs(
      Function<KeyedStream<String, String>, KeyedStream<String, ?>> operator,
      boolean restarting,
      String... elements) {
    StepRun<String, String, String> run =
        StepUnderTest.<String, String, String>ofStep(
                element -> element.substring(0, 1),
                Types.STRING,
                keyed -> behind(operator.apply(keyed)))
            .restarting(restarting)
            .run();
    List.of(elements).forEach(run::processElement);
    return run.takeOutput();
  }

  private static <T> KeyedStep<String, String> behind(KeyedStream<String, T> stream) {
    return stream.process("step", ctx -> new Keyed<T>());
  }

  private static Optional<Integer> number(String element) {
    String rest = element.substring(1);
    return rest.matches("\\d+") ? Optional.of(Integer.valueOf(rest)) : Optional.empty();
  }

  @LiveAndRestarting
  void aFilterMapKeepsWhatThereIsAndItsKey(boolean restarting) {
    assertThat(
            outputs(keyed -> keyed.filterMap(StatelessTest::number), restarting, "a1", "ax", "b2"))
        .containsExactlyInAnyOrder("a 1", "b 2");
  }

  @LiveAndRestarting
  void aListIsFlattenedInItsOrder(boolean restarting) {
    assertThat(
            outputs(
                keyed -> KeyedStream.flatten(keyed.map(each -> List.of(each.split("(?!^)")))),
                restarting,
                "a12",
                "b"))
        .containsExactlyInAnyOrder("a a", "a 1", "a 2", "b b");
  }

  @LiveAndRestarting
  void anInspectionShowsTheKeyAndChangesNothing(boolean restarting) {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    assertThat(
            outputs(
                keyed ->
                    keyed
                        .inspect("look", each -> seen.add("is " + each))
                        .inspectDebug(
                            "debug", each -> seen.add(each.key() + " has " + each.value())),
                restarting,
                "a1",
                "b2"))
        .containsExactlyInAnyOrder("a a1", "b b2");
    assertThat(seen).contains("is a1", "a has a1", "is b2", "b has b2");
  }

  @LiveAndRestarting
  void whatIsEnrichedKeepsItsKey(boolean restarting) {
    assertThat(
            outputs(
                keyed ->
                    keyed.enrichCached(
                        "length",
                        String::length,
                        Duration.ofMinutes(1),
                        (cache, element) -> element + " is " + cache.get(element)),
                restarting,
                "a1",
                "b22"))
        .containsExactlyInAnyOrder("a a1 is 2", "b b22 is 3");
  }
}
