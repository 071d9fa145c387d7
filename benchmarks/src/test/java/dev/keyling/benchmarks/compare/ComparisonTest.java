package dev.keyling.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.benchmarks.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void comparesMediansAndTakesTheGeometricMeanOverAllWorkloads() {
    Comparison comparison = new Comparison(List.of("keyling", "heap", "rocksdb"));
    for (double speed : new double[] {900, 100, 200}) {
      comparison.add(Workload.W1, "keyling", speed);
    }
    comparison.add(Workload.W1, "heap", 100);
    comparison.add(Workload.W1, "rocksdb", 10);
    comparison.add(Workload.W3, "keyling", 300);
    comparison.add(Workload.W3, "keyling", 500);
    comparison.add(Workload.W3, "heap", 50);
    comparison.add(Workload.W3, "rocksdb", 400);
    assertThat(comparison.lines())
        .containsExactly(
            "MEDIANS workload=W1 keyling=200 heap=100 rocksdb=10 ratioTo[heap]=2.00 ratioTo[rocksdb]=20.00",
            "MEDIANS workload=W3 keyling=400 heap=50 rocksdb=400 ratioTo[heap]=8.00 ratioTo[rocksdb]=1.00",
            "RATIO workloads=2 geometricMeanTo[heap]=4.00 geometricMeanTo[rocksdb]=4.47");
  }
}
