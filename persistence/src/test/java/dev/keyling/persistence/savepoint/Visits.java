package dev.keyling.persistence.savepoint;

import dev.keyling.connector.Position;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A step that counts: what the tests of savepoints have in them. */
final class Visits implements KeyedProcessFunction<String, Visits.Visit, String> {
  static final String STEP = "visits";
  static final ValueStateDescriptor<Long> COUNT = new ValueStateDescriptor<>("count", Types.LONG);
  static final ListStateDescriptor<String> PAGES = new ListStateDescriptor<>("pages", Types.STRING);
  static final MapStateDescriptor<String, Long> BY_PAGE =
      new MapStateDescriptor<>("byPage", Types.STRING, Types.LONG);
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2024-05-01T10:00:00Z"));

  /** A user has been on a page. */
  record Visit(String user, String page) {}

  private final ValueState<Long> count;
  private final ListState<String> pages;
  private final MapState<String, Long> byPage;

  Visits(RuntimeContext ctx) {
    count = ctx.getState(COUNT);
    pages = ctx.getListState(PAGES);
    byPage = ctx.getMapState(BY_PAGE);
  }

  @Override
  public void processElement(Visit visit, Context<String> ctx, Collector<String> out) {
    Long before = count.value();
    long visits = before == null ? 1 : before + 1;
    count.update(visits);
    pages.add(visit.page());
    Long there = byPage.get(visit.page());
    byPage.put(visit.page(), there == null ? 1 : there + 1);
    ctx.timerService().registerEventTimeTimer(visits);
    out.collect(visit.user());
  }

  /** Returns visits of so many users, of the n-th n % 7 + 1. */
  static List<Visit> of(int users) {
    List<Visit> visits = new ArrayList<>();
    for (int round = 0; round <= 6; round++) {
      for (int user = 0; user < users; user++) {
        if (round <= user % 7) {
          visits.add(new Visit("user" + user, "page" + (user + round) % 3));
        }
      }
    }
    return visits;
  }

  /** Begins a savepoint of these visits. */
  static SavepointWriter writer(List<Visit> visits) {
    return SavepointWriter.empty("site")
        .clock(CLOCK)
        .bootstrapStep(STEP, Types.STRING, visits, Visit::user, Visits::new)
        .position("clicks", new Position("part-0", "1200"));
  }

  static SavepointReader write(Path directory, int users, int keyGroups) {
    return SavepointReader.open(writer(of(users)).keyGroups(keyGroups).write(directory).path());
  }

  /** Returns everything that a savepoint has of a step, by the key's bytes in hex. */
  static Map<String, String> contents(SavepointReader savepoint, String step) {
    Map<String, String> contents = new TreeMap<>();
    savepoint.forEachImage(step, image -> put(image, contents));
    return contents;
  }

  /** Adds a key, which must be the only one of its kind. */
  static void put(StoredImage image, Map<String, String> contents) {
    StringBuilder text = new StringBuilder();
    image
        .image()
        .entries()
        .forEach(
            (entry, value) ->
                text.append(hex(entry.bytes())).append('=').append(hex(value.bytes())).append(' '));
    String twice = contents.put(hex(image.key()), text.toString());
    if (twice != null) {
      throw new AssertionError("twice: " + hex(image.key()));
    }
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
