package dev.keyling.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.actors.CommitFormat;
import dev.keyling.actors.CommitFormat.KeyDeltas;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.Delta;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.Outputs;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The examples of bytes in the page about the stored format. */
class StoredFormatTest {
  private static final KeyCodec<String> KEYS = KeyCodec.of(Types.STRING, "here");
  private static final int GROUPS = 128;

  /** Remembers an amount and sets a timer. */
  private static final class Remembering implements KeyedProcessFunction<String, Long, Long> {
    private final ValueState<Long> previous;

    Remembering(RuntimeContext ctx) {
      previous = ctx.getState(new ValueStateDescriptor<>("previous", Types.LONG));
    }

    @Override
    public void processElement(Long amount, Context<String> ctx, Collector<Long> out) {
      previous.update(amount);
      ctx.timerService().registerEventTimeTimer(1000);
    }
  }

  @Test
  void theExamplesAreWhatTheCodeWrites() {
    List<Delta> deltas = deltas();
    Delta state = deltas.get(0);
    Delta timer = deltas.get(1);
    byte[] key = KEYS.encode("user1");
    byte[] commit =
        CommitFormat.encode(1, 5, 900, List.of(new KeyDeltas(key, deltas)), 1 << 20).get(0);
    int group = KeyCodec.groupOf(KEYS.hash("user1"), GROUPS);
    assertThat(examples())
        .containsExactly(
            example("key \"user1\"", key),
            example("key 42L", KeyCodec.of(Types.LONG, "here").encode(42L)),
            "%-43s%d".formatted("key group of \"user1\", of 128", group),
            example("entry of the value state \"previous\"", state.entry().bytes()),
            example("its value 7000L", Objects.requireNonNull(state.value()).bytes()),
            example("event timer at 1000", timer.entry().bytes()),
            example("commit", commit));
  }

  private static List<Delta> deltas() {
    StepDefinition<String, Long, Long> step =
        new StepDefinition<>("flow", "step", KEYS, GROUPS, Remembering::new, List.of(), false);
    try (KeyCell<String, Long, Long> cell =
        new KeyCell<>(step, "user1", 0, 1, InstantSource.system(), Image.EMPTY)) {
      cell.element(7000L, Outputs.NO_TIMESTAMP, 0, new Outputs());
      return cell.takeDeltas();
    }
  }

  private static String example(String what, byte[] bytes) {
    return "%-43s%s".formatted(what, HexFormat.ofDelimiter(" ").formatHex(bytes));
  }

  private static List<String> examples() {
    return Page.of("docs/stored-format.md").blocks().stream()
        .map(Page.Block::lines)
        .filter(lines -> lines.get(0).startsWith("key \"user1\""))
        .findFirst()
        .orElseThrow();
  }
}
