package dev.keyling.benchmarks.functions;

import dev.keyling.benchmarks.workload.Event;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.nio.ByteBuffer;

/** As {@link RunningCount}, in a value of so many bytes that have something in them. */
final class PaddedCount implements KeyedProcessFunction<String, Event, Long> {
  private final ValueState<byte[]> padded;
  private final int bytes;

  PaddedCount(RuntimeContext ctx, StateTtlConfig ttl, int bytes) {
    ValueStateDescriptor<byte[]> descriptor = new ValueStateDescriptor<>("padded", Types.BYTES);
    descriptor.enableTimeToLive(ttl);
    padded = ctx.getState(descriptor);
    this.bytes = Math.max(Long.BYTES, bytes);
  }

  @Override
  public void processElement(Event event, Context<String> ctx, Collector<Long> out) {
    byte[] before = padded.value();
    long now = before == null ? 1 : ByteBuffer.wrap(before).getLong() + 1;
    ByteBuffer value = ByteBuffer.allocate(bytes).putLong(now);
    for (long noise = event.number(); value.remaining() >= Long.BYTES; ) {
      noise = noise * 0x9E3779B97F4A7C15L + 1;
      value.putLong(noise);
    }
    padded.update(value.array());
    out.collect(now);
  }
}
