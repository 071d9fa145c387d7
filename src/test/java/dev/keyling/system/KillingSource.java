package dev.keyling.system;

import dev.keyling.connector.Position;
import dev.keyling.connector.Source;
import dev.keyling.connector.SourceReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A source that gives so many elements a second (0: as fast as it can) and lights the {@link Fuse}
 * when it is asked for its position.
 */
record KillingSource<T>(Source<T> real, int perSecond) implements Source<T> {

  @Override
  public List<String> partitions() throws Exception {
    return real.partitions();
  }

  @Override
  public SourceReader<T> open(String partition, Optional<Position> from) throws Exception {
    SourceReader<T> reader = real.open(partition, from);
    long start = System.nanoTime();
    return new SourceReader<>() {
      private long given;

      @Override
      public Status advance() throws Exception {
        long due = (System.nanoTime() - start) / 1_000_000 * perSecond / 1_000;
        if (perSecond > 0 && given >= due) {
          return Status.IDLE;
        }
        given++;
        return reader.advance();
      }

      @Override
      public T current() {
        return reader.current();
      }

      @Override
      public Position position() {
        Fuse.at(KillPoint.CUT);
        return reader.position();
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }
}
