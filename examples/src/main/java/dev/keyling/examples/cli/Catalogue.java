package dev.keyling.examples.cli;

import dev.keyling.DataStream;
import dev.keyling.examples.input.Formats;
import dev.keyling.examples.programs.Batches;
import dev.keyling.examples.programs.BruteForce;
import dev.keyling.examples.programs.ClicksPerMinute;
import dev.keyling.examples.programs.CountWindowAverage;
import dev.keyling.examples.programs.Counting;
import dev.keyling.examples.programs.FraudAlert;
import dev.keyling.examples.programs.LastPages;
import dev.keyling.examples.programs.Orders;
import dev.keyling.examples.programs.Orders.Entry;
import dev.keyling.examples.programs.Orders.UserOrder;
import dev.keyling.examples.programs.Presence;
import dev.keyling.examples.programs.RunningMean;
import dev.keyling.examples.programs.RunningTotals;
import dev.keyling.examples.programs.Sessions;
import dev.keyling.examples.programs.ShoppingCart;
import dev.keyling.examples.programs.SlidingSum;
import dev.keyling.examples.programs.Statistics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All examples. */
record Catalogue(List<Example<?, ?>> examples) {
  static final String SESSIONS = "sessions";
  static final String ORDERS = "orders";
  private static final Duration AWAY = Duration.ofMinutes(30);
  private static final Duration LATENESS = Choices.STANDARD.lateness();
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int BATCH = 3;
  private static final Duration SLIDING = Duration.ofMinutes(5);

  static Catalogue standard() {
    return of(Choices.STANDARD);
  }

  /** Lists the examples, as they were chosen. */
  static Catalogue of(Choices chosen) {
    return new Catalogue(
        List.of(
            new Example<>(
                "count", "counts how often each number has come", Formats.NUMBER, Counting::of),
            new Example<>(
                "average",
                "averages every two values of a key",
                Formats.READING,
                CountWindowAverage::of),
            new Example<>(
                "fraud",
                "alerts when a user pays 10000 or more above the payment before",
                Formats.PAYMENT,
                FraudAlert::of),
            new Example<>(
                "totals", "adds up what each user has paid", Formats.PAYMENT, RunningTotals::of),
            new Example<>(
                "mean", "gives the mean of all values of a key", Formats.READING, RunningMean::of),
            new Example<>(
                "pages",
                "remembers the last five pages of each user",
                Formats.VISIT,
                LastPages::of),
            new Example<>(
                "cart",
                "keeps the shopping cart of each user",
                Formats.CART_CHANGE,
                ShoppingCart::of),
            new Example<>(
                    SESSIONS,
                    "parts the events of each key into sessions",
                    Formats.EVENT,
                    events -> Sessions.of(events, chosen.gap(), chosen.lateness()))
                .withLate(Sessions.LATE),
            new Example<>(
                "presence",
                "tells who has not been seen for half an hour",
                Formats.EVENT,
                events -> Presence.of(events, AWAY, LATENESS)),
            new Example<>(
                "statistics",
                "counts the values of each key, with sum, mean and bounds, when the input ends",
                Formats.READING,
                Statistics::of),
            new Example<>(
                "batches",
                "collects three readings of a key, or what has come when none came for 5 s",
                Formats.READING,
                readings -> Batches.of(readings, PATIENCE, BATCH)),
            new Example<>(
                ORDERS,
                "joins users with their orders",
                Formats.USER_OR_ORDER,
                entries -> orders(entries, chosen),
                Optional.empty()),
            new Example<>(
                "sliding-sum",
                "adds up what each key has had in the last five minutes",
                Formats.READING,
                readings -> SlidingSum.of(readings, SLIDING)),
            new Example<>(
                    "clicks-per-minute",
                    "counts the clicks on each page, minute by minute",
                    Formats.CLICK,
                    clicks -> ClicksPerMinute.of(clicks, LATENESS))
                .withLate(ClicksPerMinute.LATE),
            new Example<>(
                    "brute-force",
                    "finds addresses with five or more failed logins within a minute",
                    Formats.AUTH_LOG,
                    lines -> BruteForce.of(lines, LATENESS))
                .withLate(BruteForce.LATE)));
  }

  private static Outcome<UserOrder> orders(DataStream<Entry> entries, Choices chosen) {
    Orders orders = Orders.of(entries, chosen.insert(), chosen.emit());
    return new Outcome<>(orders.joined(), orders.rows());
  }

  /**
   * Returns the example of this name.
   *
   * @throws UsageException naming those that are meant perhaps
   */
  Example<?, ?> get(String name) {
    return examples.stream()
        .filter(example -> example.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private UsageException unknown(String name) {
    List<String> nearest = Spelling.nearest(name, names());
    return new UsageException(
        nearest.isEmpty()
            ? "there is no example '%s'; choose one of %s".formatted(name, allNames())
            : "there is no example '%s'; did you mean %s? './keyling list' shows all"
                .formatted(name, String.join(" or ", nearest)));
  }

  List<String> names() {
    return examples.stream().<String>map(Example::name).toList();
  }

  String allNames() {
    return names().stream().collect(Collectors.joining(", "));
  }
}
