package dev.keyling.testing;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.connector.Position;
import dev.keyling.connector.SourceReader;
import dev.keyling.kernel.OperatorCall;
import dev.keyling.kernel.Outputs;
import dev.keyling.plan.Node.SourceNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt of a dataflow: its stages, and a reader for every partition of its sources. */
final class Attempt {
  private final ManualClock clock;
  private final Network network;
  private final List<Lane> lanes = new ArrayList<>();

  /**
   * Where to go on.
   *
   * @param memory what the stages remember; empty at the beginning
   * @param positions by source and partition
   */
  record Cut(Optional<byte[]> memory, Map<String, Position> positions) {
    static final Cut BEGINNING = new Cut(Optional.empty(), Map.of());
  }

  private Attempt(ManualClock clock, Network network) {
    this.clock = clock;
    this.network = network;
  }

  /** Starts an attempt, which has read nothing yet. */
  static Attempt start(Setting setting, int number, Cut from) throws Exception {
    Attempt attempt = new Attempt(setting.clock(), Wiring.of(setting, number));
    try {
      from.memory().ifPresent(memory -> attempt.network.load(new ByteReader(memory)));
      attempt.network.begin();
      for (SourceNode source : setting.plan().sources()) {
        attempt.open(source, from.positions());
      }
      attempt.network.advanceTo(attempt.clock.goal()); // what the attempt before did not get to
      return attempt;
    } catch (Exception e) {
      attempt.closeAfter(e);
      throw e;
    }
  }

  private void open(SourceNode source, Map<String, Position> positions) throws Exception {
    for (Map.Entry<String, Inlet> entrance : network.entrancesOf(source).entrySet()) {
      String name = source.stepId() + "/" + entrance.getKey();
      SourceReader<?> reader =
          source.source().open(entrance.getKey(), Optional.ofNullable(positions.get(name)));
      lanes.add(new Lane(name, reader, entrance.getValue()));
    }
  }

  /** Takes note that an element has been handled. */
  interface Listener {
    void elementHandled() throws Exception;
  }

  /**
   * Reads one element of every partition in turn, until each has ended or has nothing at the
   * moment.
   */
  void read(Listener listener) throws Exception {
    for (boolean moved = true; moved; ) {
      moved = false;
      for (Lane lane : lanes) {
        moved |= lane.advance(listener);
      }
    }
  }

  /** Lets time pass; what is not reached, the next attempt begins with. */
  void advanceTo(long target) throws Exception {
    clock.aim(target);
    network.advanceTo(target);
  }

  boolean hasEnded() {
    return lanes.stream().allMatch(lane -> lane.end != null);
  }

  /** Has operators write what they remember; to be called before {@link #cut}. */
  void snapshot(long checkpoint) throws Exception {
    network.snapshot(checkpoint);
  }

  /** Tells functions what became of a checkpoint. */
  void tell(OperatorCall call) throws Exception {
    network.tell(call);
  }

  Cut cut() {
    ByteWriter writer = new ByteWriter();
    network.save(writer);
    Map<String, Position> positions = new HashMap<>();
    lanes.forEach(lane -> positions.put(lane.name, lane.position()));
    return new Cut(Optional.of(writer.toByteArray()), positions);
  }

  /** Lets readers and functions go, all of them, and throws the first of what they throw. */
  void close() throws Exception {
    List<AutoCloseable> open = new ArrayList<>(lanes);
    open.add(network::close);
    Exception thrown = null;
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        if (thrown == null) {
          thrown = e;
        } else {
          thrown.addSuppressed(e);
        }
      }
    }
    if (thrown != null) {
      throw thrown;
    }
  }

  /** Closes after a failure, which what is thrown now is added to. */
  void closeAfter(Exception failure) {
    try {
      close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  /** A partition that is read. */
  private final class Lane implements AutoCloseable {
    private final String name;
    private final SourceReader<?> reader;
    private final Inlet entrance;
    private @Nullable Position end;

    Lane(String name, SourceReader<?> reader, Inlet entrance) {
      this.name = name;
      this.reader = reader;
      this.entrance = entrance;
    }

    private Position position() {
      return end == null ? reader.position() : end;
    }

    @Override
    public void close() throws Exception {
      if (end == null) {
        reader.close();
      }
    }

    /** Tells whether anything happened. */
    private boolean advance(Listener listener) throws Exception {
      if (end != null) {
        return false;
      }
      switch (reader.advance()) {
        case ELEMENT -> {
          Long timestamp = reader.timestamp();
          entrance.element(
              null, reader.current(), timestamp == null ? Outputs.NO_TIMESTAMP : timestamp);
          network.settle();
          listener.elementHandled();
          return true;
        }
        case IDLE -> {
          return pause();
        }
        case END -> {
          end = reader.position();
          reader.close();
          entrance.end();
          network.settle();
          return true;
        }
      }
      throw new AssertionError();
    }

    private boolean pause() throws Exception {
      if (!(reader instanceof TestingSource.Reader<?> testing)) {
        return false;
      }
      Duration elapsed = testing.takeElapsed();
      advanceTo(Math.addExact(clock.millis(), elapsed.toMillis()));
      return true;
    }
  }
}
