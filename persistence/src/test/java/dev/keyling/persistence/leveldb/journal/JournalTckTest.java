package dev.keyling.persistence.leveldb.journal;

import dev.keyling.persistence.leveldb.Tck;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Pekko's own suite for journals. */
class JournalTckTest {

  /** The suite with everything that is optional in it. */
  private static final class Spec extends JavaJournalSpec {
    Spec(Path dir) {
      super(Tck.config(dir));
    }

    @Override
    public CapabilityFlag supportsMetadata() {
      return CapabilityFlag.on();
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
