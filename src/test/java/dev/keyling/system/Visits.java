package dev.keyling.system;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Who came when, for {@code sessions}: in the order in which it is in a file, which is up to 59
 * seconds out of the order of the times.
 */
record Visits(List<Visit> visits) {
  static final Duration GAP = Duration.ofMinutes(30);
  private static final long FIRST = Instant.parse("2015-05-17T10:05:00Z").toEpochMilli();
  private static final int MAX_DISORDER_SECONDS = 59;
  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** One visit; time in ms since 1970. */
  record Visit(String key, long time) {}

  /** A visit and when it is written down. */
  private record Arrival(long at, Visit visit) {}

  /** Returns as many visits as this; about {@code keys} different keys come again and again. */
  static Visits random(long seed, int count, int keys) {
    Random random = new Random(seed);
    List<Arrival> arrivals = new ArrayList<>();
    String[] present = new String[40];
    long now = FIRST;
    while (arrivals.size() < count) {
      now += random.nextInt(20_000);
      int place = random.nextInt(present.length);
      if (present[place] == null || random.nextInt(6) == 0) {
        present[place] = address(random, keys);
      }
      arrivals.add(new Arrival(now, visit(random, present[place], now)));
      if (random.nextInt(200) == 0) {
        addAtTheGap(arrivals, now);
      }
    }
    return new Visits(
        arrivals.stream()
            .sorted(Comparator.comparingLong(Arrival::at))
            .limit(count)
            .map(Arrival::visit)
            .toList());
  }

  private static Visit visit(Random random, String key, long now) {
    return new Visit(key, now - random.nextInt(MAX_DISORDER_SECONDS * 1000 + 1));
  }

  /** Few come often, many come once. */
  private static String address(Random random, int keys) {
    int rank = (int) (keys * Math.pow(random.nextDouble(), 1.5));
    return "192.%d.%d.%d".formatted(rank >> 16 & 255, rank >> 8 & 255, rank & 255);
  }

  /** Two visits that just belong together, and two that just do not. */
  private static void addAtTheGap(List<Arrival> arrivals, long now) {
    long gap = GAP.toMillis();
    String key = "198.51." + arrivals.size();
    arrivals.add(new Arrival(now, new Visit(key + ".1", now)));
    arrivals.add(new Arrival(now + gap, new Visit(key + ".1", now + gap)));
    arrivals.add(new Arrival(now, new Visit(key + ".2", now)));
    arrivals.add(new Arrival(now + gap + 1000, new Visit(key + ".2", now + gap + 1000)));
  }

  /** Returns lines of {@code key,epochMillis}. */
  List<String> lines() {
    return visits.stream().map(visit -> visit.key() + "," + visit.time()).toList();
  }

  /** Returns the same as a web server writes it, with all that is odd in such files. */
  List<String> accessLog(long seed) {
    Random random = new Random(seed);
    return visits.stream().map(visit -> logLine(random, visit)).toList();
  }

  private static String logLine(Random random, Visit visit) {
    String user = random.nextInt(50) == 0 ? "jane doe" : "-";
    String request =
        switch (random.nextInt(20)) {
          case 0 -> "GET /search?q=\\\"a [b] c\\\" HTTP/1.1";
          case 1 -> "-";
          case 2 -> "POST /files/ü,é;x HTTP/1.0";
          default -> "GET /page/" + random.nextInt(500) + ".html HTTP/1.1";
        };
    String bytes = random.nextInt(15) == 0 ? "-" : Integer.toString(random.nextInt(300_000));
    String agent = random.nextBoolean() ? "Mozilla/5.0 (X11; Linux x86_64; rv:24.0)" : "-";
    return "%s - %s [%s] \"%s\" %d %s \"-\" \"%s\""
        .formatted(
            visit.key(),
            user,
            LOG_TIME.format(Instant.ofEpochMilli(visit.time())),
            request,
            random.nextInt(10) == 0 ? 404 : 200,
            bytes,
            agent);
  }

  /** Returns them with times in whole seconds, as they are in a log. */
  Visits inSeconds() {
    return new Visits(
        visits.stream()
            .map(visit -> new Visit(visit.key(), Math.floorDiv(visit.time(), 1000L) * 1000))
            .toList());
  }

  /** Returns them written down in the order of their times. */
  Visits inOrder() {
    return new Visits(visits.stream().sorted(Comparator.comparingLong(Visit::time)).toList());
  }

  /** Returns who was not seen for how long, as {@code presence} writes it, sorted. */
  List<String> absences() {
    List<String> absences = new ArrayList<>();
    timesByKey()
        .forEach(
            (key, times) -> {
              for (int i = 0; i < times.size(); i++) {
                boolean last = i == times.size() - 1;
                if (last || times.get(i + 1) - times.get(i) >= GAP.toMillis()) {
                  Instant seen = Instant.ofEpochMilli(times.get(i));
                  absences.add("{\"key\":\"%s\",\"lastSeen\":\"%s\"}".formatted(key, seen));
                }
              }
            });
    return absences.stream().sorted().toList();
  }

  /** Returns those of some keys. */
  Visits where(Predicate<String> key) {
    return new Visits(visits.stream().filter(visit -> key.test(visit.key())).toList());
  }

  List<String> keys() {
    return visits.stream().map(Visit::key).distinct().toList();
  }

  long latest() {
    return visits.stream().mapToLong(Visit::time).max().orElseThrow();
  }

  /** Returns the times of each key, in order. */
  Map<String, List<Long>> timesByKey() {
    Map<String, List<Long>> times = new TreeMap<>();
    visits.forEach(
        visit -> times.computeIfAbsent(visit.key(), key -> new ArrayList<>()).add(visit.time()));
    times.values().forEach(ofKey -> ofKey.sort(null));
    return times;
  }

  /** A session; times in ms since 1970. */
  record Span(long start, long end, int events) {}

  /** Returns the sessions of each key: sorted, and cut at the gaps. */
  private Map<String, List<Span>> spans() {
    Map<String, List<Span>> spans = new TreeMap<>();
    timesByKey().forEach((key, times) -> spans.put(key, cut(times)));
    return spans;
  }

  private static List<Span> cut(List<Long> times) {
    List<Span> spans = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= times.size(); i++) {
      if (i == times.size() || times.get(i) - times.get(i - 1) > GAP.toMillis()) {
        spans.add(new Span(times.get(first), times.get(i - 1), i - first));
        first = i;
      }
    }
    return spans;
  }

  /** Returns all sessions as {@code sessions} writes them, sorted. */
  List<String> sessions() {
    return sessionsEndedAt(Long.MAX_VALUE);
  }

  /** Returns those that have ended when the watermark is there. */
  List<String> sessionsEndedAt(long watermark) {
    List<String> ended = new ArrayList<>();
    spans()
        .forEach(
            (key, spans) ->
                spans.stream()
                    .filter(span -> span.end() + GAP.toMillis() <= watermark)
                    .forEach(
                        span -> ended.add(session(key, span.start(), span.end(), span.events()))));
    return ended.stream().sorted().toList();
  }

  /** Returns, by key, those that have not ended then. */
  Map<String, List<Span>> openSessionsAt(long watermark) {
    Map<String, List<Span>> open = new TreeMap<>();
    spans()
        .forEach(
            (key, spans) -> {
              List<Span> ofKey =
                  spans.stream().filter(span -> span.end() + GAP.toMillis() > watermark).toList();
              if (!ofKey.isEmpty()) {
                open.put(key, ofKey);
              }
            });
    return open;
  }

  static String session(String key, long start, long end, long events) {
    return "{\"key\":\"%s\",\"start\":\"%s\",\"end\":\"%s\",\"events\":%d}"
        .formatted(key, Instant.ofEpochMilli(start), Instant.ofEpochMilli(end), events);
  }
}
