package dev.keyling.system;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Ends this process at one point, without any farewell, when it has come there often enough. */
final class Fuse {
  /** The exit code of a process that has come there. */
  static final int KILLED = 86;

  private static final String POINT = "keyling.test.kill-at";
  private static final String TIMES = "keyling.test.kill-after";

  private static final @Nullable KillPoint KILL_AT =
      System.getProperty(POINT) == null ? null : KillPoint.valueOf(System.getProperty(POINT));
  private static final AtomicInteger LEFT = new AtomicInteger(Integer.getInteger(TIMES, 1));

  private Fuse() {}

  /** Returns the options of a JVM that is to die. */
  static List<String> options(KillPoint point, int times) {
    return List.of("-D%s=%s".formatted(POINT, point), "-D%s=%d".formatted(TIMES, times));
  }

  static boolean isSetFor(KillPoint point) {
    return point == KILL_AT;
  }

  /** The process is at this point. */
  static void at(KillPoint point) {
    if (point == KILL_AT && LEFT.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
