package dev.keyling.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Who paid how much, for {@code totals}. */
record Payments(List<Payment> payments) {

  /** One payment. */
  record Payment(String user, long amount) {
    String line() {
      return user + "," + amount;
    }
  }

  static Payments random(long seed, int count, int users) {
    Random random = new Random(seed);
    List<Payment> payments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int rank = (int) (users * Math.pow(random.nextDouble(), 2));
      payments.add(new Payment("user-" + rank, random.nextInt(100_000)));
    }
    return new Payments(payments);
  }

  List<String> lines() {
    return payments.stream().map(Payment::line).toList();
  }

  /** Returns the lines with malformed ones in between, one behind this many good ones. */
  List<String> linesWithMalformed(int distance) {
    List<String> lines = new ArrayList<>();
    for (Payment payment : payments) {
      lines.add(payment.line());
      if (lines.size() % (distance + 1) == distance) {
        lines.add(payment.user() + ";" + lines.size());
      }
    }
    return lines;
  }

  /** Returns what {@code totals} writes, sorted. */
  List<String> runningTotals() {
    Map<String, Long> totals = new TreeMap<>();
    List<String> lines = new ArrayList<>();
    for (Payment payment : payments) {
      long total = totals.merge(payment.user(), payment.amount(), Long::sum);
      lines.add("{\"user\":\"%s\",\"total\":%d}".formatted(payment.user(), total));
    }
    return lines.stream().sorted().toList();
  }

  /** Returns what each user has paid in the end. */
  Map<String, Long> totals() {
    Map<String, Long> totals = new TreeMap<>();
    payments.forEach(payment -> totals.merge(payment.user(), payment.amount(), Long::sum));
    return totals;
  }
}
