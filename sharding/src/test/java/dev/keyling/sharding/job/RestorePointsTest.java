package dev.keyling.sharding.job;

import static dev.keyling.JobStatus.CANCELLED;
import static dev.keyling.JobStatus.FAILED;
import static dev.keyling.JobStatus.FINISHED;
import static dev.keyling.checkpoint.ExternalizedCheckpointCleanup.DELETE_ON_CANCELLATION;
import static dev.keyling.checkpoint.ExternalizedCheckpointCleanup.NO_EXTERNALIZED_CHECKPOINTS;
import static dev.keyling.checkpoint.ExternalizedCheckpointCleanup.RETAIN_ON_CANCELLATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.JobStatus;
import dev.keyling.checkpoint.ExternalizedCheckpointCleanup;
import org.junit.jupiter.api.Test;

class RestorePointsTest {
  private static boolean stay(ExternalizedCheckpointCleanup cleanup, JobStatus end) {
    return RestorePoints.stay(cleanup, end, false);
  }

  private static boolean stayWhenSuspended(ExternalizedCheckpointCleanup cleanup) {
    return RestorePoints.stay(cleanup, CANCELLED, true);
  }

  @Test
  void byDefaultTheyGoAtEveryEnd() {
    assertThat(stay(NO_EXTERNALIZED_CHECKPOINTS, FINISHED)).isFalse();
    assertThat(stay(NO_EXTERNALIZED_CHECKPOINTS, CANCELLED)).isFalse();
    assertThat(stay(NO_EXTERNALIZED_CHECKPOINTS, FAILED)).isFalse();
    assertThat(stayWhenSuspended(NO_EXTERNALIZED_CHECKPOINTS)).isFalse();
  }

  @Test
  void deletedOnCancellationTheyStayAfterAFailureAndASuspension() {
    assertThat(stay(DELETE_ON_CANCELLATION, FINISHED)).isFalse();
    assertThat(stay(DELETE_ON_CANCELLATION, CANCELLED)).isFalse();
    assertThat(stay(DELETE_ON_CANCELLATION, FAILED)).isTrue();
    assertThat(stayWhenSuspended(DELETE_ON_CANCELLATION)).isTrue();
  }

  @Test
  void retainedOnCancellationTheyGoOnlyWhenTheJobFinishes() {
    assertThat(stay(RETAIN_ON_CANCELLATION, FINISHED)).isFalse();
    assertThat(stay(RETAIN_ON_CANCELLATION, CANCELLED)).isTrue();
    assertThat(stay(RETAIN_ON_CANCELLATION, FAILED)).isTrue();
    assertThat(stayWhenSuspended(RETAIN_ON_CANCELLATION)).isTrue();
  }
}
