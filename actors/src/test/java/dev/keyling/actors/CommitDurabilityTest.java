package dev.keyling.actors;

import static dev.keyling.actors.Ledger.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitDurabilityTest {
  @TempDir private Path dir;

  /** The record of the coordinator does, for all of them at once. */
  @Test
  void theCommitOfACheckpointDoesNotSynchronizeByItself() {
    try (GroupDriver group = new GroupDriver(dir, InstantSource.system(), Ledger::new)) {
      group.open();
      long before = group.syncs();
      group.batch("a", sum(1));
      group.complete(group.seal());
      group.batch("a", sum(2));
      group.seal();
      assertThat(group.syncs()).isEqualTo(before);
      group.open();
      assertThat(group.view("a").states()).containsEntry("sum", 1L);
    }
  }

  @Test
  void aRecordThatMakesCommitsCountIsSynchronized() {
    try (GroupDriver group = new GroupDriver(dir, InstantSource.system(), Ledger::new)) {
      long before = group.syncs();
      group.append(List.of(new byte[] {1}));
      assertThat(group.syncs()).isEqualTo(before + 1);
    }
  }
}
