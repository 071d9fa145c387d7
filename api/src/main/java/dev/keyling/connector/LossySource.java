package dev.keyling.connector;

import java.util.List;
import java.util.Optional;

/** A source without positions whose user has accepted that. */
record LossySource<T>(Source<T> source) implements Source<T> {

  @Override
  public List<String> partitions() throws Exception {
    return source.partitions();
  }

  @Override
  public SourceReader<T> open(String partition, Optional<Position> from) throws Exception {
    return source.open(partition, from);
  }

  @Override
  public boolean replayable() {
    return false;
  }

  @Override
  public boolean lossAccepted() {
    return true;
  }
}
