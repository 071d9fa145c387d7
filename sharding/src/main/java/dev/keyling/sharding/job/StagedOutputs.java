package dev.keyling.sharding.job;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.connector.CommittingWriter;
import dev.keyling.connector.IdempotentWriter;
import dev.keyling.connector.Restored;
import dev.keyling.state.Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes to an idempotent outside exactly once: the outputs of a checkpoint are its handle, and are
 * written under ids made of the checkpoint and their number in it when it has completed. What is
 * computed again after a restart may be other outputs in another order; what is written again is
 * not computed again, so its ids name the same.
 *
 * <p>Bytes of a handle, format 1: 01, then per checkpoint whose outputs are not known to be written
 * its id var and its outputs: var n, n times bytes.
 */
final class StagedOutputs implements CommittingWriter<Object> {
  private static final int FORMAT = 1;

  private final String sink;
  private final IdempotentWriter<Object> writer;
  private final Codec<Object> codec;
  private List<byte[]> sinceMarker = new ArrayList<>();

  /** By checkpoint, completed or not, the outputs that are not written. */
  private final TreeMap<Long, List<byte[]>> staged = new TreeMap<>();

  StagedOutputs(String sink, IdempotentWriter<Object> writer, Codec<Object> codec) {
    this.sink = sink;
    this.writer = writer;
    this.codec = codec;
  }

  @Override
  public void recover(@Nullable Restored restored) throws Exception {
    if (restored != null) {
      for (byte[] handle : restored.handles()) {
        decode(handle);
      }
      publish(restored.checkpointId());
    }
  }

  @Override
  public void write(Object element) {
    sinceMarker.add(codec.encode(element));
  }

  @Override
  public byte[] prepare(long checkpointId) {
    if (!sinceMarker.isEmpty()) {
      staged.put(checkpointId, sinceMarker);
      sinceMarker = new ArrayList<>();
    }
    ByteWriter handle = new ByteWriter();
    handle.writeByte(FORMAT);
    handle.writeVarInt(staged.size());
    staged.forEach(
        (id, outputs) -> {
          handle.writeVarLong(id);
          handle.writeVarInt(outputs.size());
          outputs.forEach(handle::writeBytes);
        });
    return handle.toByteArray();
  }

  private void decode(byte[] handle) throws IOException {
    ByteReader reader = new ByteReader(handle);
    int format = reader.readByte();
    if (format != FORMAT) {
      throw new IOException(
          "sink \"%s\": the checkpoint holds outputs in format %d, this version reads %d"
              .formatted(sink, format, FORMAT));
    }
    for (int checkpoints = reader.readVarInt(); checkpoints > 0; checkpoints--) {
      List<byte[]> outputs = new ArrayList<>();
      staged.put(reader.readVarLong(), outputs);
      for (int count = reader.readVarInt(); count > 0; count--) {
        outputs.add(reader.readBytes());
      }
    }
  }

  @Override
  public void commit(long checkpointId, byte[] handle) throws Exception {
    publish(checkpointId);
  }

  private void publish(long upTo) throws Exception {
    var complete = staged.headMap(upTo, true);
    for (var checkpoint : complete.entrySet()) {
      int number = 0;
      for (byte[] output : checkpoint.getValue()) {
        writer.write(checkpoint.getKey() + "-" + number++, codec.decode(output));
      }
    }
    writer.flush();
    complete.clear();
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
