package dev.keyling.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.testing.DataflowTestHarness;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A block of a page that is a program: it writes into the dataflow {@code flow}, which what all
 * examples begin with declares, and ends with comments that say what arrives at the sink {@code
 * "out"}.
 */
record Example(Page.Block beginning, Page.Block block) {
  private static final String IMPORT = "import ";
  private static final String COMMENT = "// ";

  /** Returns what the example says that it prints. */
  List<String> stated() {
    List<String> lines = block.lines();
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).startsWith(COMMENT)) {
      end--;
    }
    return lines.subList(end, lines.size()).stream()
        .map(line -> line.substring(COMMENT.length()))
        .toList();
  }

  /**
   * Compiles it, runs it, and returns what it prints.
   *
   * @param classes an empty directory
   */
  List<String> printed(Path classes) throws Exception {
    compile(classes);
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, Thread.currentThread().getContextClassLoader())) {
      Object example = loader.loadClass("Example").getDeclaredConstructor().newInstance();
      Field flow = example.getClass().getDeclaredField("flow");
      flow.setAccessible(true);
      try (DataflowTestHarness harness = DataflowTestHarness.of((Dataflow) flow.get(example))) {
        harness.run();
        return harness.output("out").stream().map(String::valueOf).toList();
      }
    }
  }

  private void compile(Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "--release",
            "17",
            "-d",
            classes.toString(),
            "-classpath",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    boolean compiled =
        compiler.getTask(said, null, null, options, null, List.of(new Source(source()))).call();
    assertThat(compiled).as("%s does not compile:%n%s", block.where(), said).isTrue();
  }

  /** What all begin with becomes imports and members, the block the constructor. */
  private String source() {
    List<String> lines = new ArrayList<>();
    beginning.lines().stream().filter(line -> line.startsWith(IMPORT)).forEach(lines::add);
    lines.add("public final class Example {");
    beginning.lines().stream().filter(line -> !line.startsWith(IMPORT)).forEach(lines::add);
    lines.add("public Example() throws Exception {");
    lines.addAll(block.lines());
    lines.add("}}");
    return lines.stream().collect(Collectors.joining("\n"));
  }

  /** A source that is no file. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  @Override
  public String toString() {
    return block.where();
  }
}
