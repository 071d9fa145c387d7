package dev.keyling.sharding.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.actors.GroupEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealingsTest {
  private final List<JobMessage> told = new ArrayList<>();
  private final Sealings sealings =
      new Sealings(new BarrierSetup(5, 1, 0, 1, false, false, 0, 0, false, List.of(), told::add));

  private static JobMessage committed(long id, long bytes) {
    return new JobMessage.StepCommitted(1, id, 5, bytes, bytes / 10, id * 10, false, 7, Map.of());
  }

  private void durable(int group, long id, long bytes) {
    sealings.committed(new GroupEvent.Committed(group, id, bytes, bytes / 10));
  }

  @Test
  void aCommitIsReportedWhenAllItsGroupsHaveAnswered() {
    sealings.begin(1, 10, false, 7, 2, null);
    durable(0, 1, 100);
    assertThat(told).isEmpty();
    durable(1, 1, 50);
    assertThat(told).containsExactly(committed(1, 150));
  }

  @Test
  void oneThatChangesNothingWaitsForTheCommitsBeforeIt() {
    sealings.begin(1, 10, false, 7, 1, null);
    sealings.begin(2, 20, false, 7, 0, null);
    assertThat(told).isEmpty();
    durable(0, 1, 100);
    assertThat(told).containsExactly(committed(1, 100), committed(2, 0));
  }

  @Test
  void commitsOfADeclinedOneAreWaitedForTooAndItIsDeclinedAtOnce() {
    Throwable cause = new IllegalStateException("no");
    sealings.begin(1, 10, false, 7, 1, cause);
    assertThat(told).containsExactly(new JobMessage.Declined(1, 1, cause));
    sealings.begin(2, 20, false, 7, 0, null);
    assertThat(told).hasSize(1);
    durable(0, 1, 100);
    assertThat(told).containsExactly(new JobMessage.Declined(1, 1, cause), committed(2, 0));
  }
}
