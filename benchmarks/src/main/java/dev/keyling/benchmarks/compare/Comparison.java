package dev.keyling.benchmarks.compare;

import dev.keyling.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How fast each contender was with each workload, run by run. The first is compared with others.
 */
final class Comparison {
  private final List<String> contenders;
  private final Map<Workload, Map<String, List<Double>>> speeds = new EnumMap<>(Workload.class);

  Comparison(List<String> contenders) {
    this.contenders = List.copyOf(contenders);
  }

  /** Takes the events per second of a run. */
  void add(Workload workload, String contender, double eventsPerSecond) {
    speeds
        .computeIfAbsent(workload, key -> new LinkedHashMap<>())
        .computeIfAbsent(contender, key -> new ArrayList<>())
        .add(eventsPerSecond);
  }

  /** Returns a line per workload and one for all: medians, and how they compare. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    speeds.forEach((workload, runs) -> lines.add(line(workload, runs)));
    StringBuilder all = new StringBuilder("RATIO workloads=" + speeds.size());
    for (String other : contenders.subList(1, contenders.size())) {
      double logarithms =
          speeds.values().stream()
              .mapToDouble(runs -> Math.log(ratio(runs, other)))
              .average()
              .orElse(Double.NaN);
      all.append(" geometricMeanTo[%s]=%s".formatted(other, twoDigits(Math.exp(logarithms))));
    }
    lines.add(all.toString());
    return lines;
  }

  private String line(Workload workload, Map<String, List<Double>> runs) {
    StringBuilder line = new StringBuilder("MEDIANS workload=" + workload);
    for (String contender : contenders) {
      line.append(" %s=%d".formatted(contender, Math.round(median(runs, contender))));
    }
    for (String other : contenders.subList(1, contenders.size())) {
      line.append(" ratioTo[%s]=%s".formatted(other, twoDigits(ratio(runs, other))));
    }
    return line.toString();
  }

  private double ratio(Map<String, List<Double>> runs, String other) {
    return median(runs, contenders.get(0)) / median(runs, other);
  }

  private static double median(Map<String, List<Double>> runs, String contender) {
    List<Double> sorted = runs.getOrDefault(contender, List.of()).stream().sorted().toList();
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static String twoDigits(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
