package dev.keyling.sharding.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.persistence.GroupAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each coordinator has a journal of its own, which is that of no key group. */
class JobLogTest {
  @Test
  void theNameOfADataflowIsTheNameOfItsJournal() {
    assertThat(JobLog.persistenceId("fraud")).isEqualTo("keyling|fraud");
    assertThat(GroupAddress.ofPersistenceId(JobLog.persistenceId("fraud"))).isEmpty();
  }

  /** With one of these it could be another journal, or have to be escaped. */
  @ParameterizedTest
  @ValueSource(strings = {"fraud|alerts|17", "fraud|", "|", "a%7Cb", "a%b"})
  void aNameThatCouldBeMistakenIsRefused(String name) {
    assertThatThrownBy(() -> Dataflow.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 64 of a-z, 0-9 and -")
        .hasMessageContaining(name);
  }
}
