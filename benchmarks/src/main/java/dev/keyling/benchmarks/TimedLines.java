package dev.keyling.benchmarks;

import dev.keyling.connector.CommittingWriter;
import dev.keyling.connector.ExactlyOnceSink;
import dev.keyling.connector.Restored;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A sink of {@link CountedLine}s that notes how late each of them is when its commit has returned.
 * From then on it is in the file whatever crashes; a reader that follows the file could have seen
 * it a little earlier, and would measure itself as well.
 */
final class TimedLines implements ExactlyOnceSink<String> {
  private final ExactlyOnceSink<String> sink;
  private final Timetable timetable;
  private final long warmUp;
  private final Histogram micros = new Histogram(3);
  private long commits;

  /**
   * @param warmUp the number of the first event that is measured
   */
  TimedLines(ExactlyOnceSink<String> sink, Timetable timetable, long warmUp) {
    this.sink = sink;
    this.timetable = timetable;
    this.warmUp = warmUp;
  }

  /** Returns the latencies in µs; complete when the job is. */
  Histogram micros() {
    return micros;
  }

  /** Returns how many checkpoints have published something that is measured. */
  long commits() {
    return commits;
  }

  @Override
  public CommittingWriter<String> open(String partition) throws Exception {
    return new Writer(sink.open(partition));
  }

  private final class Writer implements CommittingWriter<String> {
    private final CommittingWriter<String> writer;
    private final TreeMap<Long, long[]> staged = new TreeMap<>();
    private LongStream.Builder written = LongStream.builder();

    Writer(CommittingWriter<String> writer) {
      this.writer = writer;
    }

    @Override
    public void recover(@Nullable Restored restored) throws Exception {
      writer.recover(restored);
    }

    @Override
    public void write(String line) throws Exception {
      writer.write(line);
      long number = CountedLine.numberOf(line);
      if (number >= warmUp) {
        written.add(number);
      }
    }

    @Override
    public byte[] prepare(long checkpointId) throws Exception {
      staged.put(checkpointId, written.build().toArray());
      written = LongStream.builder();
      return writer.prepare(checkpointId);
    }

    @Override
    public void commit(long checkpointId, byte[] handle) throws Exception {
      writer.commit(checkpointId, handle);
      Map<Long, long[]> published = staged.headMap(checkpointId, true);
      long before = micros.getTotalCount();
      for (long[] numbers : published.values()) {
        for (long number : numbers) {
          micros.recordValue(timetable.nanosSince(number) / 1000);
        }
      }
      published.clear();
      commits += micros.getTotalCount() > before ? 1 : 0;
    }

    @Override
    public void flush() throws Exception {
      writer.flush();
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }
}
