package dev.keyling.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CheckpointStorageTest {
  private static final Path DIR = Path.of("checkpoints");

  @Test
  void theCoordinatorKeepsUpToFiveMebibytesUnlessSaidOtherwise() {
    JobManagerCheckpointStorage storage = new JobManagerCheckpointStorage();
    assertThat(storage.maxStateSize()).isEqualTo(5 * 1024 * 1024);
    assertThat(storage.path()).isNull();
    assertThatThrownBy(() -> new JobManagerCheckpointStorage(null, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
  }

  @Test
  void filesTakeWhatIsTwentyKibibytesAndMoreUnlessSaidOtherwise() {
    FileSystemCheckpointStorage storage = new FileSystemCheckpointStorage(DIR);
    assertThat(storage.fileStateSizeThreshold()).isEqualTo(-1);
    assertThat(storage.writeBufferSize()).isEqualTo(-1);
    assertThat(storage.minFileStateSize()).isEqualTo(20 * 1024);
    assertThat(storage.bufferSize()).isEqualTo(20 * 1024);
  }

  @Test
  void theBufferIsNeverLessThanTheThreshold() {
    assertThat(new FileSystemCheckpointStorage(DIR, 100, 10).bufferSize()).isEqualTo(100);
    assertThat(new FileSystemCheckpointStorage(DIR, 100, 1000).bufferSize()).isEqualTo(1000);
    assertThat(new FileSystemCheckpointStorage(DIR, 0, -1).bufferSize()).isEqualTo(4096);
    assertThat(new FileSystemCheckpointStorage(DIR, 0, -1).minFileStateSize()).isZero();
  }

  @Test
  void sizesOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> new FileSystemCheckpointStorage(DIR, -2, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not -2");
    assertThatThrownBy(() -> new FileSystemCheckpointStorage(DIR, (1 << 20) + 1, -1))
        .hasMessageContaining("1048576 bytes, not 1048577");
    assertThatThrownBy(() -> new FileSystemCheckpointStorage(DIR, -1, -2))
        .hasMessageContaining("writeBufferSize is -1");
    assertThat(new FileSystemCheckpointStorage(DIR, 1 << 20, 0).minFileStateSize())
        .isEqualTo(1 << 20);
  }
}
