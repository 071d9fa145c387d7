package dev.keyling.testing;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.OperatorCall;
import dev.keyling.kernel.Outputs;
import dev.keyling.kernel.Redistribution;
import dev.keyling.kernel.StepDefinition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One operator: its partitions, which get the elements in turn, and the lane behind it. */
final class OperatorStage implements Inlet, Remembering {
  private final StepDefinition<Object, Object, Object> definition;
  private final InstantSource clock;
  private final int attempt;
  private final Outlet outlet = new Outlet();
  private List<KeyMemory> partitions;
  private boolean isRestored;
  private int next;

  OperatorStage(
      StepDefinition<Object, Object, Object> definition, InstantSource clock, int attempt) {
    this.definition = definition;
    this.clock = clock;
    this.attempt = attempt;
    List<Image> nothing = new ArrayList<>();
    for (int i = 0; i < definition.keyGroups(); i++) {
      nothing.add(Image.EMPTY);
    }
    this.partitions = partitions(nothing);
  }

  private List<KeyMemory> partitions(List<Image> images) {
    List<KeyMemory> made = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      int partition = i;
      made.add(
          new KeyMemory(
              partition,
              definition.keys().encode(partition),
              partition,
              images.get(i),
              image -> new KeyCell<>(definition, partition, partition, attempt, clock, image)));
    }
    return made;
  }

  Outlet outlet() {
    return outlet;
  }

  /** Makes the functions; to be called before the first element and after {@link #load}. */
  void begin() throws Exception {
    Map<String, List<byte[]>> union = new TreeMap<>();
    for (OperatorCall.Answer answer : call(new OperatorCall.Recall())) {
      ((OperatorCall.Recalled) answer)
          .union()
          .forEach(
              (name, items) ->
                  union.computeIfAbsent(name, unknown -> new ArrayList<>()).addAll(items));
    }
    call(new OperatorCall.Begin(union, isRestored));
  }

  /** Tells every partition, and returns their answers. */
  List<OperatorCall.Answer> call(OperatorCall call) throws Exception {
    List<OperatorCall.Answer> answers = new ArrayList<>();
    for (KeyMemory partition : partitions) {
      run(partition, (cell, out) -> answers.add(cell.call(call, out)));
    }
    return answers;
  }

  /** Takes a checkpoint; throws what a function throws at it. */
  void snapshot(long id) throws Exception {
    for (OperatorCall.Answer answer : call(new OperatorCall.Snapshot(id))) {
      if (answer instanceof OperatorCall.Declined declined) {
        throw declined.cause();
      }
    }
  }

  private void run(KeyMemory partition, KeyMemory.Turn turn) throws Exception {
    Outputs out = new Outputs();
    partition.run(turn, Long.MIN_VALUE, out, false);
    for (int i = 0; i < out.size(); i++) {
      outlet.element(null, out.value(i), out.timestamp(i));
    }
  }

  @Override
  public void element(@Nullable Object key, Object value, long timestamp) throws Exception {
    KeyMemory partition = partitions.get(next);
    next = (next + 1) % partitions.size();
    run(partition, (cell, out) -> cell.element(value, timestamp, Long.MIN_VALUE, out));
  }

  @Override
  public void watermark(long watermark) throws Exception {
    outlet.watermark(watermark);
  }

  @Override
  public void idle(boolean idle) throws Exception {
    outlet.idle(idle);
  }

  @Override
  public void end() throws Exception {
    for (KeyMemory partition : partitions) {
      run(partition, KeyCell::endOfInput);
    }
    outlet.end();
  }

  @Override
  public String label() {
    return "the operator \"" + definition.stepId() + "\"";
  }

  @Override
  public void save(ByteWriter writer) {
    writer.writeVarInt(partitions.size());
    partitions.forEach(partition -> partition.save(writer));
  }

  @Override
  public void load(ByteReader reader) {
    List<Image> images = new ArrayList<>();
    for (int left = reader.readVarInt(); left > 0; left--) {
      reader.readBytes(); // its number
      images.add(KeyMemory.read(reader));
    }
    partitions = partitions(Redistribution.of(images, partitions.size(), definition.where()));
    isRestored = true;
  }

  /** Lets all functions go. */
  void close() {
    partitions.forEach(KeyMemory::sleep);
  }
}
