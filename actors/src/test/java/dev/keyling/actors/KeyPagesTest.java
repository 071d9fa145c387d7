package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.kernel.GroupKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class KeyPagesTest {
  private int reads;

  /** Takes all keys, so many at a time, from what is in memory and what is in rows. */
  private List<Integer> all(Collection<Integer> memory, NavigableSet<Integer> rows, int step) {
    List<byte[]> known = new ArrayList<>(memory.stream().map(KeyPagesTest::bytes).toList());
    KeyPages pages = new KeyPages(known, true);
    List<Integer> taken = new ArrayList<>();
    while (!pages.isEnded()) {
      if (pages.needsRows()) {
        reads++;
        byte[] after = pages.readUpTo();
        NavigableSet<Integer> left = after == null ? rows : rows.tailSet(number(after), false);
        pages.read(left.stream().limit(KeyPages.PAGE).map(KeyPagesTest::bytes).toList());
      }
      List<byte[]> part = pages.take(step);
      assertThat(part).hasSizeLessThanOrEqualTo(step);
      part.forEach(key -> taken.add(number(key)));
    }
    return taken;
  }

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private static int number(byte[] key) {
    return ByteBuffer.wrap(key).getInt();
  }

  private static TreeSet<Integer> numbers(int from, int to) {
    return new TreeSet<>(IntStream.range(from, to).boxed().toList());
  }

  @RepeatedTest(200)
  void takesEveryKeyOnceInOrder(RepetitionInfo round) {
    Random random = new Random(round.getCurrentRepetition());
    List<Integer> memory =
        random.ints(random.nextInt(60), 0, 100 + random.nextInt(4_000)).boxed().toList();
    int rows = random.nextInt(3_500);
    int step = 1 + random.nextInt(1_500);
    TreeSet<Integer> stored = numbers(50, 50 + rows);
    TreeSet<Integer> expected = new TreeSet<>(stored);
    expected.addAll(memory);
    assertThat(all(memory, stored, step)).containsExactlyElementsOf(expected);
  }

  @Test
  void readsRowsAPageAtATimeAndNoneBehindTheLast() {
    assertThat(all(numbers(0, 10_000), numbers(5_000, 7_500), 300)).hasSize(10_000);
    assertThat(reads).isEqualTo(3);
  }

  @Test
  void leavesTheKeyOfTheGroupOut() {
    byte[] user = {GroupKey.bytes()[0], 1};
    KeyPages pages = new KeyPages(new ArrayList<>(List.of(user, GroupKey.bytes())), true);
    pages.read(List.of(GroupKey.bytes()));
    assertThat(pages.take(5)).containsExactly(user);
    assertThat(pages.isEnded()).isTrue();
  }

  @Test
  void needsNoRowsWhereThereAreNone() {
    KeyPages pages = new KeyPages(new ArrayList<>(List.of(bytes(2), bytes(1), bytes(2))), false);
    assertThat(pages.needsRows()).isFalse();
    assertThat(pages.take(5)).containsExactly(bytes(1), bytes(2));
    assertThat(pages.isEnded()).isTrue();
  }

  @Test
  void asksForNothingMoreAfterTheRestIsLeftOut() {
    KeyPages pages = new KeyPages(new ArrayList<>(List.of(bytes(1), bytes(2))), true);
    pages.read(IntStream.range(0, KeyPages.PAGE).mapToObj(KeyPagesTest::bytes).toList());
    pages.take(1);
    pages.skipRest();
    assertThat(pages.isEnded()).isTrue();
    assertThat(pages.needsRows()).isFalse();
    assertThat(pages.take(5)).isEmpty();
  }
}
