package dev.keyling.testing;

import dev.keyling.KeyView;
import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.kernel.AgedStates;
import dev.keyling.kernel.Delta;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.GroupKey;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.KeyedUpdate;
import dev.keyling.kernel.Outputs;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.plan.Arrival;
import dev.keyling.testing.TimerIndex.Timer;
import dev.keyling.time.TimeDomain;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One keyed step: its keys, their timers, its watermark, and a lane for each of its outputs. */
final class StepStage implements Inlet, Remembering, Alarm {
  /** A watermark that fires more newly set timers than this fires them for ever. */
  private static final int ENDLESS = 300_000;

  private final StepDefinition<Object, Object, Object> definition;
  private final InstantSource clock;
  private final int attempt;
  private final SortedMap<byte[], KeyMemory> keys = new TreeMap<>(Arrays::compareUnsigned);
  private final TimerIndex timers = new TimerIndex(EntryKey::isTimer);
  private final TimerIndex sweeps = new TimerIndex(EntryKey::isSweep);
  private final List<Outlet> ports = new ArrayList<>();
  private final BroadcastSides broadcasts;
  private long watermark = Long.MIN_VALUE;
  private boolean ended;
  private boolean restartsEveryTurn;

  StepStage(StepDefinition<Object, Object, Object> definition, InstantSource clock, int attempt) {
    this.definition = definition;
    this.clock = clock;
    this.attempt = attempt;
    for (int port = 0; port < definition.ports(); port++) {
      ports.add(new Outlet());
    }
    this.broadcasts =
        new BroadcastSides(
            definition.hasBroadcast() ? definition.keyGroups() : 0,
            (group, image) -> memory(GroupKey.INSTANCE, GroupKey.bytes(), group, image));
  }

  /** Returns the lane of an output, numbered as by the step's definition. */
  Outlet port(int port) {
    return ports.get(port);
  }

  /** Sets whether a key's cell is thrown away after each of its turns. */
  void restartEveryTurn(boolean on) {
    restartsEveryTurn = on;
  }

  /** Ages what was loaded, if there is a time to live: it may have been stored without. */
  void begin() throws Exception {
    if (!keys.isEmpty()) {
      definition.learnStates(0, attempt, clock);
      if (!AgedStates.NONE.provideFor(AgedStates.NONE.after(definition, true))) {
        each(key -> true, (cell, out) -> cell.age(currentWatermark()));
      }
    }
  }

  @Override
  public void element(@Nullable Object key, Object value, long timestamp) throws Exception {
    if (value instanceof Arrival.Broadcasted) {
      broadcast(value, timestamp);
      return;
    }
    byte[] bytes = definition.keys().encode(orRefuse(key));
    run(
        keys.computeIfAbsent(bytes, unknown -> memory(unknown, Image.EMPTY)),
        (cell, out) -> cell.element(value, timestamp, currentWatermark(), out));
  }

  /** Runs a broadcast element, then what it asked to be done to keys, group by group. */
  private void broadcast(Object value, long timestamp) throws Exception {
    for (KeyMemory group : broadcasts.groups()) {
      List<KeyedUpdate<?>> updates = new ArrayList<>();
      run(
          group,
          (cell, out) -> {
            cell.element(value, timestamp, currentWatermark(), out);
            updates.addAll(cell.takeUpdates());
          });
      broadcasts.changed(group);
      for (KeyedUpdate<?> update : updates) {
        each(
            key -> key.group() == group.group(),
            (cell, out) -> cell.update(update, currentWatermark(), out));
      }
    }
  }

  @SuppressWarnings("NullAway") // the codec refuses null, naming the step
  private static Object orRefuse(@Nullable Object key) {
    return key;
  }

  /** Runs a turn on each of these keys. */
  void each(Predicate<KeyMemory> which, KeyMemory.Turn turn) throws Exception {
    for (KeyMemory key : keys.values()) {
      if (which.test(key)) {
        run(key, turn);
      }
    }
  }

  private KeyMemory memory(byte[] bytes, Image image) {
    Object key = definition.keys().decode(bytes);
    int group = KeyCodec.groupOf(definition.keys().hash(key), definition.keyGroups());
    return memory(key, bytes, group, image);
  }

  private KeyMemory memory(Object key, byte[] bytes, int group, Image image) {
    return new KeyMemory(
        key,
        bytes,
        group,
        image,
        current -> new KeyCell<>(definition, key, group, attempt, clock, current));
  }

  private void run(KeyMemory key, KeyMemory.Turn turn) throws Exception {
    Outputs out = new Outputs();
    KeyMemory.Turn seeing =
        (cell, outputs) -> {
          cell.broadcast(broadcasts.viewOf(key.group()));
          turn.run(cell, outputs);
        };
    List<Delta> changes = key.run(seeing, watermark, out, restartsEveryTurn);
    timers.follow(key, changes);
    sweeps.follow(key, changes);
    Object outputKey = key.key() == GroupKey.INSTANCE ? null : key.key();
    for (int i = 0; i < out.size(); i++) {
      ports.get(out.port(i)).element(outputKey, out.value(i), out.timestamp(i));
    }
  }

  private void fire(TimeDomain domain, Timer timer) throws Exception {
    run(timer.key(), (cell, out) -> cell.fire(domain, timer.time(), currentWatermark(), out));
  }

  private void sweep(TimeDomain domain, long upTo) throws Exception {
    for (Timer due : sweeps.due(domain, upTo)) {
      run(due.key(), (cell, out) -> cell.sweep(domain, watermark, out));
    }
  }

  private long currentWatermark() {
    return ended ? Long.MAX_VALUE : watermark;
  }

  @Override
  public void watermark(long newWatermark) throws Exception {
    watermark = newWatermark;
    fireEventTimers();
    sweep(TimeDomain.EVENT_TIME, watermark);
    for (Outlet port : ports) {
      port.watermark(newWatermark);
    }
  }

  private void fireEventTimers() throws Exception {
    int left = timers.size(TimeDomain.EVENT_TIME) + ENDLESS;
    for (Timer next; (next = timers.first(TimeDomain.EVENT_TIME)) != null; ) {
      if (next.time() > currentWatermark()) {
        return;
      }
      if (left-- == 0) {
        throw new AssertionError(
            "%s: timers up to the watermark %d set %d further ones, the last at %d; a function that"
                    .formatted(definition.where(), currentWatermark(), ENDLESS, next.time())
                + " sets the next timer in every onTimer never ends when the watermark is there");
      }
      fire(TimeDomain.EVENT_TIME, next);
    }
  }

  @Override
  public long due() {
    return Math.min(due(timers), due(sweeps));
  }

  private static long due(TimerIndex index) {
    Timer first = index.first(TimeDomain.PROCESSING_TIME);
    return first == null ? NEVER : first.time();
  }

  @Override
  public void ring() throws Exception {
    for (Timer timer : timers.due(TimeDomain.PROCESSING_TIME, clock.millis())) {
      if (timers.contains(TimeDomain.PROCESSING_TIME, timer)) {
        fire(TimeDomain.PROCESSING_TIME, timer);
      }
    }
    sweep(TimeDomain.PROCESSING_TIME, clock.millis());
  }

  @Override
  public void idle(boolean idle) throws Exception {
    for (Outlet port : ports) {
      port.idle(idle);
    }
  }

  @Override
  public void end() throws Exception {
    ended = true;
    fireEventTimers();
    List<KeyMemory> holding = holding();
    holding.sort(Comparator.comparingInt(KeyMemory::group)); // stable: within a group by key
    for (KeyMemory key : holding) {
      run(key, KeyCell::endOfInput);
    }
    for (Outlet port : ports) {
      port.end();
    }
  }

  /** Returns the keys that hold state or timers, by their bytes. */
  private List<KeyMemory> holding() {
    List<KeyMemory> holding = new ArrayList<>(keys.values());
    holding.removeIf(KeyMemory::isEmpty);
    return holding;
  }

  @Override
  public String label() {
    return "the step \"" + definition.stepId() + "\"";
  }

  @Override
  public void save(ByteWriter writer) {
    writer.writeLong(watermark);
    List<KeyMemory> holding = holding();
    writer.writeVarInt(holding.size());
    holding.forEach(key -> key.save(writer));
    broadcasts.save(writer);
  }

  @Override
  public void load(ByteReader reader) {
    watermark = reader.readLong();
    for (int left = reader.readVarInt(); left > 0; left--) {
      byte[] bytes = reader.readBytes();
      Image image = KeyMemory.read(reader);
      KeyMemory key = memory(bytes, image);
      keys.put(bytes, key);
      timers.load(key, image);
      sweeps.load(key, image);
    }
    broadcasts.load(reader);
  }

  /** Returns what a key holds; an empty view for a key that holds nothing. */
  KeyView view(Object key) {
    KeyMemory memory = keys.get(definition.keys().encode(key));
    return memory == null
        ? new KeyView(
            definition.dataflow(),
            definition.stepId(),
            key,
            Map.of(),
            Map.of(),
            List.of(),
            List.of())
        : memory.view();
  }

  int numEntries() {
    return keys.values().stream().mapToInt(KeyMemory::numEntries).sum();
  }

  int numTimers(TimeDomain domain) {
    return timers.size(domain);
  }

  /** Lets all functions go. */
  void close() {
    keys.values().forEach(KeyMemory::sleep);
    broadcasts.close();
  }
}
