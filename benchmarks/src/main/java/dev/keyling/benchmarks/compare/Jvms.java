package dev.keyling.benchmarks.compare;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** How the programs that are compared are started: Java as it runs here, with a heap of theirs. */
final class Jvms {
  /** The class path of Flink's program; the launcher says it. */
  static final String FLINK = "keyling.benchmarks.flink";

  private static final String CONFIG = "config.file";

  private Jvms() {}

  /** Returns the beginning of a command line, to which arguments can be added. */
  static List<String> ofKeyling(List<String> options) {
    List<String> command = java(options);
    String config = System.getProperty(CONFIG);
    if (config != null) {
      command.add("-D" + CONFIG + "=" + config);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.keyling.benchmarks.Main");
    return command;
  }

  /**
   * Returns the beginning of a command line.
   *
   * @throws IllegalStateException if nobody has said where Flink is
   */
  static List<String> ofFlink(List<String> options) {
    String classPath = System.getProperty(FLINK);
    if (classPath == null) {
      throw new IllegalStateException(
          "the system property %s does not say where Flink's program is: use ./keyling bench compare"
              .formatted(FLINK));
    }
    List<String> command = java(options);
    command.addAll(List.of("-cp", classPath, "dev.keyling.benchmarks.flink.FlinkCommand"));
    return command;
  }

  private static List<String> java(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--")) // what this version of Java allows in words
        .forEach(command::add);
    command.addAll(options);
    return command;
  }
}
