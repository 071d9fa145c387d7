package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.actors.CommitFormat.KeyDeltas;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.kernel.Delta;
import dev.keyling.kernel.EntryValue;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.Segment;
import dev.keyling.state.Types;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commits of a journal count. */
class RecoveryTest {
  @TempDir private Path dir;
  private GroupDriver group;

  @BeforeEach
  void start() {
    group = new GroupDriver(dir, InstantSource.system(), Ledger::new);
  }

  @AfterEach
  void stop() {
    group.close();
  }

  /** Returns the parts of a commit that sets the sum of each key to the number. */
  private static List<byte[]> commit(int attempt, long id, long number, String... keys) {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    stored.write(0);
    stored.writeBytes(Types.LONG.codec().encode(number));
    Delta delta = new Delta(Entries.value("sum"), EntryValue.stored(stored.toByteArray()));
    List<KeyDeltas> deltas = new ArrayList<>();
    for (String key : keys) {
      byte[] encoded = dev.keyling.kernel.KeyCodec.<String>of(null, "step").encode(key);
      deltas.add(new KeyDeltas(encoded, List.of(delta)));
    }
    return CommitFormat.encode(attempt, id, Long.MIN_VALUE, deltas, 1);
  }

  private Object sumOf(String key) {
    return group.view(key).states().get("sum");
  }

  @Test
  void commitsOutsideOfValidSegmentsAreIgnored() {
    group.append(commit(1, 1, 11, "a", "b"));
    group.append(commit(1, 2, 12, "a"));
    group.append(commit(2, 11, 21, "a"));
    group.append(commit(1, 3, 666, "b"));
    group.append(commit(2, 12, 22, "b"));
    group.append(commit(3, 12, 667, "b"));
    group.valid(new Segment(1, 0, 2));
    group.valid(new Segment(2, 10, 11));
    group.open();
    assertThat(sumOf("a")).isEqualTo(21L);
    assertThat(sumOf("b")).isEqualTo(11L);
  }

  @Test
  void aCommitWhoseLastPartIsMissingIsIgnored() {
    List<byte[]> unfinished = commit(1, 2, 666, "a", "b", "c");
    assertThat(unfinished).hasSizeGreaterThan(2);
    group.append(commit(1, 1, 1, "a", "b", "c"));
    group.append(unfinished.subList(0, 2));
    group.append(commit(2, 11, 2, "c"));
    group.valid(new Segment(1, 0, 2));
    group.valid(new Segment(2, 10, 11));
    group.open();
    assertThat(sumOf("a")).isEqualTo(1L);
    assertThat(sumOf("b")).isEqualTo(1L);
    assertThat(sumOf("c")).isEqualTo(2L);
  }

  @Test
  void aJournalThatHoldsWhatIsNoCommitIsRefusedWithItsPlace() {
    group.append(commit(1, 1, 1, "a"));
    group.append(List.of("nonsense".getBytes(StandardCharsets.UTF_8)));
    group.valid(new Segment(1, 0, 1));
    group.open();
    assertThat(group.next(GroupEvent.Failed.class).cause())
        .hasMessageContainingAll("flow/step/0", "sequence number 3", "no commit");
  }

  @Test
  void whatTheJournalSaysOfAKeyIsTakenOnceWhetherItIsInRowsByThenOrNot() {
    group.close();
    group =
        new GroupDriver(
            dir, InstantSource.system(), Ledger::new, "keyling.actors.flush-size", "1 B");
    group.append(commit(1, 1, 1, "early", "late"));
    group.valid(new Segment(1, 0, 1));
    group.open();
    group.batch("early", Ledger.sum(10));
    group.complete(group.seal());
    GroupAddress address = new GroupAddress("flow", "step", 0);
    group.awaitAssert(() -> assertThat(group.rows().mark(address)).isPresent());
    group.batch("early", Ledger.sum(100), "late", Ledger.sum(10));
    assertThat(sumOf("early")).isEqualTo(111L);
    assertThat(sumOf("late")).isEqualTo(11L);
  }

  /** Says so when the input has ended. */
  private record Farewell() implements KeyedProcessFunction<String, Long, String> {
    @Override
    public void processElement(Long number, Context<String> ctx, Collector<String> out) {}

    @Override
    public void onEndOfInput(Context<String> ctx, Collector<String> out) {
      out.collect("end of " + ctx.getCurrentKey());
    }
  }

  @Test
  void theEndOfInputReachesKeysThatAreInTheJournalOnly() {
    group.close();
    group = new GroupDriver(dir, InstantSource.system(), ctx -> new Farewell());
    group.append(commit(1, 1, 1, "a", "b"));
    group.valid(new Segment(1, 0, 1));
    group.open();
    group.endInput();
    group.awaitAssert(() -> assertThat(group.outputs()).containsExactly("end of a", "end of b"));
  }
}
