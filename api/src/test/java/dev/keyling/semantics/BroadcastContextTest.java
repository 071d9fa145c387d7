package dev.keyling.semantics;

import static dev.keyling.semantics.Broadcasting.KEY_GROUPS;
import static dev.keyling.semantics.Broadcasting.LIMITS;
import static dev.keyling.semantics.Broadcasting.SUM;
import static dev.keyling.semantics.Broadcasting.causeOf;
import static dev.keyling.semantics.Broadcasting.harness;
import static dev.keyling.semantics.Broadcasting.scripted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.Collector;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.semantics.Broadcasting.Limit;
import dev.keyling.semantics.Broadcasting.Payment;
import dev.keyling.semantics.Broadcasting.Scripted;
import dev.keyling.state.BroadcastState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.testing.KeyedTestHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** SEMANTICS F8 and O4: what the functions of a step with broadcast elements may do. */
@Proves({"F8", "O4"})
class BroadcastContextTest {
  @Test
  void theStatesOfKeysAreRefusedToBroadcastElements() {
    assertThat(causeOf((self, limit, ctx, out) -> self.sum().value()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "dataflow \"test\" step \"step\": a broadcast element has no key, so"
                + " processBroadcastElement has no keyed state; use applyToKeyedState to reach it"
                + " on every key");
    assertThat(causeOf((self, limit, ctx, out) -> self.sum().update(1L)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void timersAreRefusedToBroadcastElementsAndClocksAreNot() {
    assertThat(
            causeOf((self, limit, ctx, out) -> ctx.timerService().registerProcessingTimeTimer(1)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageStartingWith("dataflow \"test\" step \"step\": timers belong to keys");
    List<Object> seen = new ArrayList<>();
    var harness =
        scripted(
            false,
            entry -> {},
            (self, limit, ctx, out) -> {
              seen.add(ctx.timerService().currentWatermark());
              seen.add(ctx.timerService().currentProcessingTime());
            });
    harness.setProcessingTime(9);
    harness.processWatermark(4);
    harness.processElement(new Limit("card", 5));
    assertThat(seen).startsWith(4L, 9L).hasSize(2 * KEY_GROUPS);
  }

  @Test
  void aDescriptorOfAnotherTypeIsRefusedWithBoth() {
    assertThat(
            causeOf(
                (self, limit, ctx, out) ->
                    ctx.applyToKeyedState(
                        new ListStateDescriptor<>("sum", Types.LONG), (key, state) -> {})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("declares the state \"sum\" twice");
    assertThat(
            causeOf(
                (self, limit, ctx, out) ->
                    ctx.getBroadcastState(
                        new MapStateDescriptor<>("sum", Types.STRING, Types.LONG))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("declares the state \"sum\" twice");
  }

  private static <D extends StateDescriptor<?>> D aging(D descriptor) {
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(10).build());
    return descriptor;
  }

  @Test
  void aBroadcastStateWithATimeToLiveIsRefused() {
    var limits = aging(new MapStateDescriptor<>("limits", Types.STRING, Types.LONG));
    assertThat(causeOf((self, limit, ctx, out) -> ctx.getBroadcastState(limits)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "step \"step\": the broadcast state \"limits\" cannot have a time to live");
  }

  @Test
  void aKeyWhoseStateHasExpiredDoesNotHoldIt() {
    var sum = aging(new ValueStateDescriptor<>("sum", Types.LONG));
    List<String> updated = new ArrayList<>();
    KeyedTestHarness<String, Object, String> harness =
        harness(
            false,
            (in, limits) ->
                in.connect(limits)
                    .process(
                        "step",
                        ctx ->
                            new Scripted(
                                ctx,
                                ctx.getState(sum),
                                (self, limit, context, out) ->
                                    context.applyToKeyedState(
                                        sum, (key, state) -> updated.add(key)),
                                entry -> {})));
    harness.processElement(new Payment("old", "card", 1));
    harness.setProcessingTime(9);
    harness.processElement(new Payment("young", "card", 1));
    harness.setProcessingTime(10);
    harness.processElement(new Limit("card", 5));
    assertThat(updated).containsExactly("young");
  }

  @Test
  void anUpdateThatThrowsIsUndoneForThatKeyAlone() {
    var harness =
        scripted(
            true,
            entry -> {},
            (self, limit, ctx, out) ->
                ctx.applyToKeyedState(
                    SUM,
                    (key, sum) -> {
                      sum.update(99L);
                      if (key.equals("b")) {
                        throw new IllegalStateException("not b");
                      }
                    }));
    for (String user : List.of("a", "b", "c")) {
      harness.processElement(new Payment(user, "card", 1));
    }
    harness.processElement(new Limit("card", 5));
    assertThat(harness.view("a").states()).containsEntry("sum", 99L);
    assertThat(harness.view("b").states()).containsEntry("sum", 1L);
    assertThat(harness.view("c").states()).containsEntry("sum", 99L);
    assertThat(harness.takeDeadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.key()).isEqualTo("b");
              assertThat(letter.element()).isEqualTo(new Limit("card", 5));
            });
  }

  @Test
  void theCollectorOfABroadcastElementIsClosedWhenKeysAreUpdated() {
    var harness =
        scripted(
            true,
            entry -> {},
            (self, limit, ctx, out) ->
                ctx.applyToKeyedState(SUM, (key, sum) -> out.collect("too late")));
    harness.processElement(new Payment("a", "card", 1));
    harness.processElement(new Limit("card", 5));
    assertThat(harness.takeOutput()).isEmpty();
    assertThat(harness.takeDeadLetters().get(0).cause()).isInstanceOf(IllegalStateException.class);
  }

  @LiveAndRestarting
  void entriesComeInTheOrderOfTheirKeysAndCannotBeSet(boolean restarting) {
    List<Object> seen = new ArrayList<>();
    var harness =
        scripted(
            false,
            seen::add,
            (self, limit, ctx, out) -> {
              BroadcastState<String, Long> limits = ctx.getBroadcastState(LIMITS);
              if (limit.amount() == 0) {
                limits.clear();
              }
              limits.put(limit.kind(), limit.amount() == 1 ? null : limit.amount());
            });
    harness.restartEveryElement(restarting);
    harness.processElement(new Limit("lost", 2));
    harness.processElement(new Limit("b", 0));
    harness.processElement(new Limit("c", 1));
    harness.processElement(new Limit("a", 3));
    harness.processElement(new Payment("x", "card", 1));
    assertThat(seen).hasToString("[a=3, b=0, c=null]");
    @SuppressWarnings("unchecked") // they are entries of the limits
    Map.Entry<String, Long> entry = (Map.Entry<String, Long>) seen.get(0);
    assertThatThrownBy(() -> entry.setValue(9L)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void valuesThatCanChangeAreCopies() {
    MapStateDescriptor<String, byte[]> bytes =
        new MapStateDescriptor<>("bytes", Types.STRING, Types.BYTES);
    List<String> seen = new ArrayList<>();
    KeyedTestHarness<String, Object, String> harness =
        harness(
            false,
            (in, limits) ->
                in.connect(limits)
                    .process(
                        "step",
                        ctx ->
                            new KeyedBroadcastProcessFunction<String, Payment, Limit, String>() {
                              @Override
                              public void processElement(
                                  Payment value,
                                  ReadOnlyContext<String> context,
                                  Collector<String> out) {
                                byte[] found =
                                    Objects.requireNonNull(
                                        context.getBroadcastState(bytes).get("k"));
                                seen.add(value.user() + found[0]);
                                found[0] = 99;
                              }

                              @Override
                              public void processBroadcastElement(
                                  Limit value,
                                  BroadcastContext<String> context,
                                  Collector<String> out) {
                                byte[] given = {(byte) value.amount()};
                                context.getBroadcastState(bytes).put("k", given);
                                given[0] = 77;
                              }
                            }));
    harness.processElement(new Limit("card", 5));
    harness.processElement(new Payment("a", "card", 1));
    harness.processElement(new Payment("a", "card", 1));
    assertThat(seen).containsExactly("a5", "a5");
  }
}
