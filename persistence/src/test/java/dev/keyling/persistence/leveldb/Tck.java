package dev.keyling.persistence.leveldb;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.scalatest.Args;
import org.scalatest.Reporter;
import org.scalatest.Status;
import org.scalatest.Suite;
import org.scalatest.events.Event;
import org.scalatest.events.TestFailed;
import org.scalatest.events.TestSucceeded;
import scala.jdk.javaapi.CollectionConverters;

/** Shows the tests of a suite of ScalaTest to JUnit, one by one. */
public final class Tck {

  /** What both suites let a caller do, in the words of ScalaTest. */
  public interface RunTest {
    Status run(String name, Args args);
  }

  private Tck() {}

  /**
   * Returns the configuration of a system whose plugins are ours, with its store in this folder.
   */
  public static Config config(Path dir) {
    return ConfigFactory.parseMap(
            Map.of(
                "keyling.persistence.leveldb.dir", dir.toString(),
                "pekko.loglevel", "OFF",
                "pekko.stdout-loglevel", "OFF",
                "pekko.test.timefactor", 10,
                "pekko.persistence.journal.plugin", "keyling.leveldb.journal",
                "pekko.persistence.snapshot-store.plugin", "keyling.leveldb.snapshot-store"))
        .withFallback(ConfigFactory.load());
  }

  public static Stream<DynamicTest> tests(Suite suite, RunTest test) {
    return CollectionConverters.asJava(suite.testNames()).stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> run(name, test)));
  }

  private static void run(String name, RunTest test) {
    List<Event> events = new CopyOnWriteArrayList<>();
    boolean succeeded = test.run(name, args(events::add)).succeeds();
    for (Event event : events) {
      if (event instanceof TestFailed failed) {
        throw new AssertionError(
            name + ": " + failed.message(), failed.throwable().getOrElse(() -> null));
      }
    }
    if (!succeeded || events.stream().noneMatch(TestSucceeded.class::isInstance)) {
      throw new AssertionError("did not run: " + name + " " + events);
    }
  }

  /** The defaults of ScalaTest, which it keeps under names that are not made for Java. */
  private static Args args(Reporter reporter) {
    return new Args(
        reporter,
        Args.apply$default$2(),
        Args.apply$default$3(),
        Args.apply$default$4(),
        Args.apply$default$5(),
        Args.apply$default$6(),
        Args.apply$default$7(),
        Args.apply$default$8(),
        Args.apply$default$9(),
        Args.apply$default$10());
  }
}
