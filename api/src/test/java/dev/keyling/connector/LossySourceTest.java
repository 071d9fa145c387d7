package dev.keyling.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LossySourceTest {
  private final Source<String> live =
      new Source<>() {
        @Override
        public List<String> partitions() {
          return List.of("live");
        }

        @Override
        public SourceReader<String> open(String partition, Optional<Position> from) {
          return new CollectionSource<>(List.of(partition)).open("0", Optional.empty());
        }

        @Override
        public boolean replayable() {
          return false;
        }
      };

  @Test
  void acceptsLossOnlyWhenTheUserSaysSo() {
    assertThat(live.lossAccepted()).isFalse();
    assertThat(live.acceptLoss().lossAccepted()).isTrue();
    assertThat(live.acceptLoss().replayable()).isFalse();
  }

  @Test
  void isTheSameSourceOtherwise() throws Exception {
    Source<String> accepted = live.acceptLoss();
    assertThat(accepted.partitions()).containsExactly("live");
    SourceReader<String> reader = accepted.open("live", Optional.empty());
    reader.advance();
    assertThat(reader.current()).isEqualTo("live");
    assertThat(accepted.acceptLoss()).isSameAs(accepted);
  }
}
