package dev.keyling.system;

import java.nio.file.Path;

/** Lights the {@link Fuse} as soon as a file grows, in a thread that does nothing else. */
final class GrowingFile {
  private final Thread watching;
  private volatile boolean stopped;

  private GrowingFile(Path file, KillPoint point) {
    long before = file.toFile().length();
    watching =
        new Thread(
            () -> {
              while (!stopped) {
                if (file.toFile().length() > before) {
                  Fuse.at(point);
                  return;
                }
              }
            },
            "growing-file");
  }

  static GrowingFile watch(Path file, KillPoint point) {
    GrowingFile watched = new GrowingFile(file, point);
    watched.watching.start();
    return watched;
  }

  void stop() throws InterruptedException {
    stopped = true;
    watching.join();
  }
}
