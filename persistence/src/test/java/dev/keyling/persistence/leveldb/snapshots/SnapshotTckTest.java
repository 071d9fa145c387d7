package dev.keyling.persistence.leveldb.snapshots;

import dev.keyling.persistence.leveldb.Tck;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.snapshot.JavaSnapshotStoreSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Pekko's own suite for snapshot stores. */
class SnapshotTckTest {

  /** The suite with everything that is optional in it, and 16 MB instead of 10 kB. */
  private static final class Spec extends JavaSnapshotStoreSpec {
    Spec(Path dir) {
      super(Tck.config(dir));
    }

    @Override
    public CapabilityFlag supportsMetadata() {
      return CapabilityFlag.on();
    }

    @Override
    public int snapshotByteSizeLimit() {
      return 16 << 20;
    }
  }

  @TempDir Path dir;
  private Spec spec;

  @BeforeEach
  void start() {
    spec = new Spec(dir);
    spec.beforeAll();
  }

  @AfterEach
  void stop() {
    spec.afterAll();
  }

  @TestFactory
  Stream<DynamicTest> passes() {
    return Tck.tests(spec, spec::runTest);
  }
}
