package dev.keyling.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.Collector;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The broadcast state of every key group, as it was stored once; {@link Fixture}. */
class GoldenBroadcastTest {
  private static final int NEWEST = 1;
  private static final MapStateDescriptor<String, Long> LENGTHS =
      new MapStateDescriptor<>("lengths", Types.STRING, Types.LONG);
  private static final MapStateDescriptor<Integer, byte[]> BYTES =
      new MapStateDescriptor<>("bytes", Types.INT, Types.BYTES);

  /** Words are for everybody; a number is a key, which tells what it sees. */
  private static final class Telling
      implements KeyedBroadcastProcessFunction<Integer, Integer, String, String> {
    @Override
    public void processElement(
        Integer number, ReadOnlyContext<Integer> ctx, Collector<String> out) {
      List<String> seen = new ArrayList<>();
      ctx.getBroadcastState(LENGTHS)
          .immutableEntries()
          .forEach(entry -> seen.add(entry.getKey() + "=" + entry.getValue()));
      ctx.getBroadcastState(BYTES)
          .immutableEntries()
          .forEach(entry -> seen.add(entry.getKey() + "=" + List.of(entry.getValue()[0])));
      out.collect(number + " sees " + seen);
    }

    @Override
    @SuppressWarnings("NullAway") // a null value is a value in a map state
    public void processBroadcastElement(
        String word, BroadcastContext<Integer> ctx, Collector<String> out) {
      ctx.getBroadcastState(LENGTHS).put(word, word.isEmpty() ? null : (Long) (long) word.length());
      ctx.getBroadcastState(BYTES).put(word.length(), new byte[] {(byte) (200 + word.length())});
    }
  }

  private static KeyedTestHarness<Integer, Object, String> harness() {
    return KeyedTestHarness.ofStep(
        element -> element instanceof Integer number ? number : 0,
        Types.INT,
        both ->
            both.filter(Integer.class::isInstance)
                .map(Integer.class::cast)
                .connect(both.filter(String.class::isInstance).map(String.class::cast).broadcast())
                .process("tell", ctx -> new Telling()));
  }

  @ParameterizedTest
  @ValueSource(ints = NEWEST)
  void keysOfAllGroupsSeeWhatWasBroadcast(int number) throws IOException {
    var harness = harness().restore(Fixture.read("broadcast", number));
    for (int key = 0; key < 500; key++) {
      harness.processElement(key);
    }
    assertThat(harness.takeOutput())
        .hasSize(500)
        .allSatisfy(
            told -> assertThat(told).endsWith(" sees [=null, käte=4, word=4, 0=[-56], 4=[-52]]"));
  }

  @Test
  void theNewestFixtureIsWhatIsWrittenToday() throws IOException {
    var harness = harness();
    List.of("word", "", "käte").forEach(harness::processElement);
    Fixture.assertIsWrittenToday("broadcast", NEWEST, harness.snapshot());
  }
}
