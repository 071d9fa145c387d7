package dev.keyling.checkpoint;

import static dev.keyling.checkpoint.ExternalizedCheckpointCleanup.NO_EXTERNALIZED_CHECKPOINTS;
import static dev.keyling.checkpoint.ExternalizedCheckpointCleanup.RETAIN_ON_CANCELLATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // what is deprecated has a meaning too
class CheckpointConfigTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final CheckpointConfig config = new CheckpointConfig();

  private static void refused(ThrowingCallable setting, String why) {
    assertThatThrownBy(setting)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void theDefaultsAreThoseOfFlink() {
    assertThat(config.isCheckpointingEnabled()).isFalse();
    assertThat(config.getCheckpointingMode()).isEqualTo(CheckpointingMode.EXACTLY_ONCE);
    assertThat(config.getCheckpointInterval()).isEqualTo(Duration.ofMillis(-1));
    assertThat(config.getCheckpointTimeout()).isEqualTo(Duration.ofMillis(600_000));
    assertThat(config.getMinPauseBetweenCheckpoints()).isZero();
    assertThat(config.getMaxConcurrentCheckpoints()).isEqualTo(1);
    assertThat(config.isFailOnCheckpointingErrors()).isTrue();
    assertThat(config.getTolerableCheckpointFailureNumber()).isZero();
    assertThat(config.getExternalizedCheckpointCleanup()).isEqualTo(NO_EXTERNALIZED_CHECKPOINTS);
    assertThat(config.isExternalizedCheckpointsEnabled()).isFalse();
    assertThat(config.isUnalignedCheckpointsEnabled()).isFalse();
    assertThat(config.getAlignmentTimeout()).isZero();
    assertThat(config.isForceUnalignedCheckpoints()).isFalse();
    assertThat(config.getCheckpointStorage()).isNull();
    assertThat(config.getNumRetained()).isEqualTo(1);
    assertThat(config.resolved("flow").remarks()).isEmpty();
  }

  @Test
  void whatIsSetIsThereAndInTheCopyThatTakesEffectWhichLaterChangesDoNotReach() {
    CheckpointStorage storage = new JobManagerCheckpointStorage();
    config
        .setCheckpointingMode(CheckpointingMode.AT_LEAST_ONCE)
        .setCheckpointInterval(SECOND)
        .setCheckpointTimeout(SECOND.multipliedBy(2))
        .setMinPauseBetweenCheckpoints(SECOND.dividedBy(2))
        .setMaxConcurrentCheckpoints(3)
        .setTolerableCheckpointFailureNumber(4)
        .enableExternalizedCheckpoints(RETAIN_ON_CANCELLATION)
        .setAlignmentTimeout(SECOND.multipliedBy(5))
        .setForceUnalignedCheckpoints(true)
        .setCheckpointStorage(storage)
        .setNumRetained(6);
    CheckpointConfig resolved = config.resolved("flow");
    config
        .setCheckpointingMode(CheckpointingMode.EXACTLY_ONCE)
        .setCheckpointInterval(SECOND.multipliedBy(9))
        .setTolerableCheckpointFailureNumber(9)
        .setExternalizedCheckpointCleanup(NO_EXTERNALIZED_CHECKPOINTS)
        .enableUnalignedCheckpoints();
    assertThat(resolved.isCheckpointingEnabled()).isTrue();
    assertThat(resolved.getCheckpointingMode()).isEqualTo(CheckpointingMode.AT_LEAST_ONCE);
    assertThat(resolved.getCheckpointInterval()).isEqualTo(SECOND);
    assertThat(resolved.getCheckpointTimeout()).isEqualTo(SECOND.multipliedBy(2));
    assertThat(resolved.getMinPauseBetweenCheckpoints()).isEqualTo(SECOND.dividedBy(2));
    assertThat(resolved.getMaxConcurrentCheckpoints()).isEqualTo(3);
    assertThat(resolved.getTolerableCheckpointFailureNumber()).isEqualTo(4);
    assertThat(resolved.getExternalizedCheckpointCleanup()).isEqualTo(RETAIN_ON_CANCELLATION);
    assertThat(resolved.isExternalizedCheckpointsEnabled()).isTrue();
    assertThat(resolved.isUnalignedCheckpointsEnabled()).isFalse();
    assertThat(resolved.getAlignmentTimeout()).isEqualTo(SECOND.multipliedBy(5));
    assertThat(resolved.isForceUnalignedCheckpoints()).isTrue();
    assertThat(resolved.getCheckpointStorage()).isSameAs(storage);
    assertThat(resolved.getNumRetained()).isEqualTo(6);
  }

  @Test
  void whatIsOutOfBoundsIsRefusedAndSaysTheBound() {
    refused(() -> config.setCheckpointInterval(Duration.ZERO), "at least 1 ms, not PT0S");
    refused(() -> config.setCheckpointTimeout(Duration.ofMillis(9)), "at least 10 ms, not PT0.009");
    refused(() -> config.setMinPauseBetweenCheckpoints(SECOND.negated()), "at least 0 ms");
    refused(() -> config.setMaxConcurrentCheckpoints(0), "at least 1, not 0");
    refused(() -> config.setTolerableCheckpointFailureNumber(-1), "at least 0, not -1");
    refused(() -> config.setAlignmentTimeout(SECOND.negated()), "at least 0 ms");
    refused(() -> config.setNumRetained(0), "at least 1, not 0");
  }

  @Test
  void aTimeThatNoTimerReachesIsRefused() {
    Duration year = Duration.ofDays(365);
    refused(() -> config.setCheckpointInterval(year), "checkpoint interval is at most 2147483647");
    refused(() -> config.setCheckpointTimeout(year), "(24 days), not PT8760H");
    refused(() -> config.setMinPauseBetweenCheckpoints(year), "at most");
    refused(() -> config.setAlignmentTimeout(year), "at most");
  }

  @Test
  void aPauseLongerThanTheIntervalIsTheInterval() {
    config.setCheckpointInterval(SECOND).setMinPauseBetweenCheckpoints(SECOND.multipliedBy(3));
    assertThat(config.resolved("flow").getCheckpointInterval()).isEqualTo(SECOND.multipliedBy(3));
  }

  @Test
  void aPauseAloneSwitchesNothingOn() {
    config.setMinPauseBetweenCheckpoints(SECOND);
    assertThat(config.resolved("flow").isCheckpointingEnabled()).isFalse();
  }

  @Test
  void whoDoesNotFailOnErrorsToleratesAnyNumber() {
    config.setFailOnCheckpointingErrors(false);
    assertThat(config.getTolerableCheckpointFailureNumber()).isEqualTo(Integer.MAX_VALUE);
    config.setFailOnCheckpointingErrors(true);
    assertThat(config.getTolerableCheckpointFailureNumber()).isZero();
  }

  @Test
  void aTolerableNumberCountsMoreThanFailOnErrorsWhicheverIsSetFirst() {
    config.setFailOnCheckpointingErrors(false).setTolerableCheckpointFailureNumber(2);
    assertThat(config.getTolerableCheckpointFailureNumber()).isEqualTo(2);
    config.setFailOnCheckpointingErrors(true);
    assertThat(config.getTolerableCheckpointFailureNumber()).isEqualTo(2);
    assertThat(config.isFailOnCheckpointingErrors()).isFalse();
    assertThat(config.resolved("flow").remarks())
        .singleElement()
        .asString()
        .contains("setFailOnCheckpointingErrors(true) has no effect", "number is 2");
  }

  @Test
  void unalignedCheckpointsAreOffWithARemarkIfTheModeIsAtLeastOnce() {
    config.enableUnalignedCheckpoints().setCheckpointingMode(CheckpointingMode.AT_LEAST_ONCE);
    CheckpointConfig resolved = config.resolved("flow");
    assertThat(resolved.isUnalignedCheckpointsEnabled()).isFalse();
    assertThat(resolved.remarks()).singleElement().asString().contains("EXACTLY_ONCE");
  }

  @Test
  void unalignedCheckpointsAreTakenOneAtATime() {
    config.enableUnalignedCheckpoints();
    assertThat(config.resolved("flow").isUnalignedCheckpointsEnabled()).isTrue();
    config.setMaxConcurrentCheckpoints(2);
    refused(() -> config.resolved("flow"), "dataflow \"flow\": unaligned checkpoints");
    config.disableUnalignedCheckpoints();
    assertThat(config.resolved("flow").getMaxConcurrentCheckpoints()).isEqualTo(2);
  }

  @Test
  void aStorageDirectoryIsAFileSystemStorageAndItsTrailingSlashGoes() {
    config.setCheckpointStorageDir(Path.of("/var/lib/checkpoints/"));
    assertThat(config.getCheckpointStorage())
        .isEqualTo(new FileSystemCheckpointStorage(Path.of("/var/lib/checkpoints")));
  }
}
