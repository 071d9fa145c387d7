package dev.keyling.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.connector.SourceReader.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CollectionSourceTest {

  @Test
  void readsTheElementsInOrderInOnePartition() throws Exception {
    Source<String> source = Sources.collection(List.of("a", "b"));
    assertThat(source.partitions()).containsExactly("0");
    SourceReader<String> reader = source.open("0", Optional.empty());
    assertThat(reader.position()).isEqualTo(new Position("0", "0"));
    assertThat(reader.advance()).isEqualTo(Status.ELEMENT);
    assertThat(reader.current()).isEqualTo("a");
    assertThat(reader.current()).isEqualTo("a");
    assertThat(reader.timestamp()).isNull();
    assertThat(reader.advance()).isEqualTo(Status.ELEMENT);
    assertThat(reader.current()).isEqualTo("b");
    assertThat(reader.advance()).isEqualTo(Status.END);
    assertThat(reader.position()).isEqualTo(new Position("0", "2"));
  }

  @Test
  void goesOnBehindTheElementOfThePosition() throws Exception {
    Source<String> source = Sources.collection(List.of("a", "b", "c"));
    for (int read = 0; read <= 3; read++) {
      SourceReader<String> reader = source.open("0", Optional.empty());
      for (int i = 0; i < read; i++) {
        reader.advance();
      }
      List<String> rest = new ArrayList<>();
      SourceReader<String> second = source.open("0", Optional.of(reader.position()));
      while (second.advance() == Status.ELEMENT) {
        rest.add(second.current());
      }
      assertThat(rest).isEqualTo(List.of("a", "b", "c").subList(read, 3));
    }
  }

  @Test
  void copiesTheCollectionWhenItIsMade() throws Exception {
    List<String> elements = new ArrayList<>(List.of("a"));
    Source<String> source = Sources.collection(elements);
    elements.clear();
    assertThat(source.open("0", Optional.empty()).advance()).isEqualTo(Status.ELEMENT);
  }

  @Test
  void refusesNull() {
    assertThatThrownBy(() -> Sources.collection(Arrays.asList("a", null)))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void refusesAPositionThatTheCollectionDoesNotHave() {
    Source<String> source = Sources.collection(List.of("a"));
    for (String offset : List.of("2", "-1", "x", "")) {
      assertThatThrownBy(() -> source.open("0", Optional.of(new Position("0", offset))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot go on at element '" + offset + "' of a collection of 1");
    }
  }

  @Test
  void isReplayable() {
    Source<String> source = Sources.collection(List.of("a"));
    assertThat(source.replayable()).isTrue();
    assertThat(source.lossAccepted()).isFalse();
    assertThat(source.acceptLoss()).isSameAs(source);
  }
}
