package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.connector.Position;
import dev.keyling.connector.SourceReader;
import dev.keyling.connector.SourceReader.Status;
import dev.keyling.time.TimestampedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestingSourceTest {
  private static <T> List<T> rest(SourceReader<T> reader) throws Exception {
    List<T> rest = new ArrayList<>();
    while (reader.advance() == Status.ELEMENT) {
      rest.add(reader.current());
    }
    return rest;
  }

  private static <T> SourceReader<T> open(TestingSource<T> source) {
    return source.open(source.partitions().get(0), Optional.empty());
  }

  @Test
  void readsItsElementsInOrder() throws Exception {
    assertThat(rest(open(TestingSource.of("a", "b").then("c")))).containsExactly("a", "b", "c");
    assertThat(rest(open(TestingSource.of()))).isEmpty();
  }

  @Test
  void elementsHaveTimestampsIfTheyAreGiven() throws Exception {
    SourceReader<String> reader =
        open(TestingSource.timestamped(new TimestampedValue<>("a", 5L)).then("b"));
    reader.advance();
    assertThat(reader.timestamp()).isEqualTo(5L);
    reader.advance();
    assertThat(reader.timestamp()).isNull();
  }

  @Test
  void goesOnAtAPosition() throws Exception {
    TestingSource<String> source = TestingSource.of("a", "b", "c");
    SourceReader<String> reader = open(source);
    Position beginning = reader.position();
    reader.advance();
    Position behindA = reader.position();
    assertThat(rest(source.open("0", Optional.of(beginning)))).containsExactly("a", "b", "c");
    assertThat(rest(source.open("0", Optional.of(behindA)))).containsExactly("b", "c");
    assertThatThrownBy(() -> source.open("0", Optional.of(new Position("0", "4"))))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void crashesOnceAndGoesOnBehindItAfterARestart() throws Exception {
    TestingSource<String> source = TestingSource.of("a", "b").crash().then("c");
    SourceReader<String> reader = open(source);
    reader.advance();
    Position behindA = reader.position();
    reader.advance();
    assertThatThrownBy(reader::advance)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("crash");
    assertThat(rest(source.open("0", Optional.of(behindA)))).containsExactly("b", "c");
  }

  @Test
  void crashesAgainWhereItIsToldToTwice() throws Exception {
    TestingSource<String> source = TestingSource.<String>of().crash().crash().then("a");
    assertThatThrownBy(() -> open(source).advance()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> open(source).advance()).isInstanceOf(IllegalStateException.class);
    assertThat(rest(open(source))).containsExactly("a");
  }

  @Test
  void addingToASourceGivesOneToWhichNothingHasHappened() throws Exception {
    TestingSource<String> source = TestingSource.<String>of().crash();
    assertThatThrownBy(() -> open(source).advance()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> open(source.then("a")).advance())
        .isInstanceOf(IllegalStateException.class);
    assertThat(rest(open(source))).isEmpty();
  }

  @Test
  void isIdleForAMomentWhereTheClockIsMoved() throws Exception {
    SourceReader<String> reader =
        open(TestingSource.<String>of().advance(Duration.ofMillis(5)).then("a"));
    assertThat(reader.advance()).isEqualTo(Status.IDLE);
    assertThat(rest(reader)).containsExactly("a");
  }
}
