package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.programs.BruteForce.Attack;
import dev.keyling.examples.programs.BruteForce.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BruteForceTest {
  private static final Duration LATENESS = Duration.ofSeconds(20);
  private static final Instant START = Instant.parse("2000-03-29T23:00:00Z");

  private static Failure failure(String address, long second, long failures) {
    return new Failure(address, START.plusSeconds(second), failures);
  }

  private static List<Attack> attacks(List<Failure> lines) {
    return Programs.run(stream -> BruteForce.of(stream, LATENESS), lines);
  }

  @Test
  void fiveFailuresInLessThanAMinuteAreAnAttack() {
    assertThat(
            attacks(
                List.of(
                    failure("a", 0, 4),
                    failure("", 10, 0),
                    failure("b", 10, 4),
                    failure("a", 59, 1),
                    failure("b", 70, 1))))
        .containsExactly(new Attack("a", START, START.plusSeconds(59), 5, 5));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void findsTheAddressesThatANaiveComputationFinds(long seed) {
    Random random = new Random(seed);
    List<Failure> lines = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 600; i++) {
      now += random.nextInt(8);
      long second = now - random.nextInt((int) LATENESS.toSeconds());
      lines.add(failure("192.0.2." + random.nextInt(12), second, 1 + random.nextInt(2)));
    }
    Map<String, Long> most = new TreeMap<>();
    attacks(lines).forEach(each -> most.merge(each.address(), each.inAMinute(), Math::max));
    assertThat(most).isEqualTo(naive(lines)).isNotEmpty();
  }

  /** Every failure may begin the minute in which there are most. */
  private static Map<String, Long> naive(List<Failure> lines) {
    return new TreeSet<>(lines.stream().map(Failure::address).toList())
        .stream()
            .collect(
                Collectors.toMap(
                    address -> address,
                    address ->
                        lines.stream()
                            .filter(line -> line.address().equals(address))
                            .mapToLong(first -> inTheMinuteFrom(first, lines))
                            .max()
                            .orElseThrow()))
            .entrySet()
            .stream()
            .filter(each -> each.getValue() >= 5)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static long inTheMinuteFrom(Failure first, List<Failure> lines) {
    return lines.stream()
        .filter(line -> line.address().equals(first.address()))
        .filter(line -> !line.time().isBefore(first.time()))
        .filter(line -> line.time().isBefore(first.time().plusSeconds(60)))
        .mapToLong(Failure::failures)
        .sum();
  }
}
