package dev.keyling.semantics.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Counts the tests of the suite that were executed. After the last one the count is printed; if all
 * classes of the suite took part, it is also written to a file, for whoever compares the worlds.
 */
public final class SuiteCount implements AfterTestExecutionCallback {
  /** Relative to the module: the name of the world, then each class with its count. */
  public static final Path FILE = Path.of("target", "semantics-suite.txt");

  @Override
  public void afterTestExecution(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.create(SuiteCount.class))
        .getOrComputeIfAbsent(Counts.class, key -> new Counts(), Counts.class)
        .add(context.getRequiredTestClass());
  }

  /** Closed with the run. */
  private static final class Counts implements AutoCloseable {
    private final Map<String, Integer> byClass = new ConcurrentSkipListMap<>();

    void add(Class<?> test) {
      byClass.merge(test.getSimpleName(), 1, Integer::sum);
    }

    @Override
    public void close() throws IOException {
      World world = World.here();
      world.close();
      int tests = byClass.values().stream().mapToInt(Integer::intValue).sum();
      System.out.println("semantics suite: " + tests + " tests in world " + world.name());
      if (byClass.keySet().containsAll(suite())) {
        StringBuilder text = new StringBuilder(world.name()).append('\n');
        byClass.forEach((test, count) -> text.append(test + " " + count + "\n"));
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, text);
      }
    }

    private static List<String> suite() {
      return ReflectionSupport.findAllClassesInPackage(
              "dev.keyling.semantics",
              type -> type.isAnnotationPresent(SemanticsSuite.class),
              name -> true)
          .stream()
          .map(Class::getSimpleName)
          .toList();
    }
  }
}
