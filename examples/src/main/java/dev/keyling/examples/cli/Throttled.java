package dev.keyling.examples.cli;

import dev.keyling.connector.Position;
import dev.keyling.connector.Source;
import dev.keyling.connector.SourceReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source that holds back its elements to a pace, which its partitions share. */
record Throttled<T>(Source<T> source, Pace pace) implements Source<T> {

  @Override
  public List<String> partitions() throws Exception {
    return source.partitions();
  }

  @Override
  public SourceReader<T> open(String partition, Optional<Position> from) throws Exception {
    return new Reader<>(source.open(partition, from), pace);
  }

  @Override
  public boolean replayable() {
    return source.replayable();
  }

  @Override
  public boolean lossAccepted() {
    return source.lossAccepted();
  }

  private record Reader<T>(SourceReader<T> reader, Pace pace) implements SourceReader<T> {

    @Override
    public Status advance() throws Exception {
      return pace.take() ? reader.advance() : Status.IDLE;
    }

    @Override
    public T current() {
      return reader.current();
    }

    @Override
    public @Nullable Long timestamp() {
      return reader.timestamp();
    }

    @Override
    public Position position() {
      return reader.position();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
