package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.state.Types;
import dev.keyling.time.WatermarkStrategy;
import dev.keyling.window.TimeWindow;
import dev.keyling.window.WindowContext;
import dev.keyling.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Finds addresses that try to log in too often: session windows in event time.
 *
 * <p>Failures less than a minute apart are in one session, so whatever happens within a minute is
 * in one, however it lies to the clock. Each session is looked through once, when it is over.
 */
public final class BruteForce {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long TOO_MANY = 5;

  /** Failures that came after their session had ended. */
  public static final OutputTag<Failure> LATE = new OutputTag<>("late");

  /**
   * Something that a log tells of.
   *
   * @param failures how many logins from the address failed then; 0 if it is about something else,
   *     and of no address
   */
  public record Failure(String address, Instant time, long failures) {}

  /**
   * An address has failed to log in five times or more within a minute.
   *
   * @param first when the session of failures began
   * @param last when it ended
   * @param failures of the session
   * @param inAMinute the most that there were in less than a minute
   */
  public record Attack(
      String address, Instant first, Instant last, long failures, long inAMinute) {}

  private BruteForce() {}

  /**
   * Gives each attack, when it is over.
   *
   * @param lines what the log says, also what is no failure, since it tells how late it is
   * @param lateness how far a line may come behind a younger one
   */
  public static KeyedStep<String, Attack> of(DataStream<Failure> lines, Duration lateness) {
    return lines
        .assignTimestampsAndWatermarks(
            line -> line.time().toEpochMilli(),
            WatermarkStrategy.forBoundedOutOfOrderness(lateness))
        .filter(line -> line.failures() > 0)
        .keyBy(Failure::address)
        .window(Windows.session(MINUTE))
        .sideOutputLateData(LATE)
        .process("attacks", Types.of(Failure.class), ctx -> BruteForce::judge);
  }

  private static void judge(
      String address,
      WindowContext<TimeWindow> ctx,
      Iterable<Failure> failures,
      Collector<Attack> out) {
    List<Failure> session = new ArrayList<>();
    failures.forEach(session::add);
    session.sort(Comparator.comparing(Failure::time));
    long all = session.stream().mapToLong(Failure::failures).sum();
    long inAMinute = mostInAMinute(session);
    if (inAMinute >= TOO_MANY) {
      Instant first = session.get(0).time();
      Instant last = session.get(session.size() - 1).time();
      out.collect(new Attack(address, first, last, all, inAMinute));
    }
  }

  private static long mostInAMinute(List<Failure> session) {
    Deque<Failure> minute = new ArrayDeque<>();
    long now = 0;
    long most = 0;
    for (Failure failure : session) {
      minute.addLast(failure);
      now += failure.failures();
      while (!failure.time().isBefore(minute.getFirst().time().plus(MINUTE))) {
        now -= minute.removeFirst().failures();
      }
      most = Math.max(most, now);
    }
    return most;
  }
}
