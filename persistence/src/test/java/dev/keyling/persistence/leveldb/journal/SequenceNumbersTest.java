package dev.keyling.persistence.leveldb.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.persistence.leveldb.Stores;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SequenceNumbersTest {

  @Test
  void asksTheStoreAgainAfterAFailedWrite() {
    SequenceNumbers numbers = new SequenceNumbers(id -> 4);
    CompletableFuture<Void> refused = new CompletableFuture<>();
    var unused = numbers.claim("a", List.of(Stores.event(5, 1)), previous -> refused);
    refused.completeExceptionally(new IllegalStateException("no room"));
    assertThat(claim(numbers, 6)).as("it would leave a gap").isCompletedExceptionally();
    assertThat(claim(numbers, 5)).as("it was never written").isCompletedWithValue(null);
    assertThat(claim(numbers, 6)).isCompletedWithValue(null);
  }

  private static CompletableFuture<Void> claim(SequenceNumbers numbers, long sequenceNr) {
    return numbers.claim(
        "a",
        List.of(Stores.event(sequenceNr, 1)),
        previous -> CompletableFuture.completedFuture(null));
  }
}
