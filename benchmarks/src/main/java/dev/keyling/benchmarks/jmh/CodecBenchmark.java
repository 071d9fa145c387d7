package dev.keyling.benchmarks.jmh;

import dev.keyling.benchmarks.workload.Session;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.state.Codec;
import dev.keyling.state.Types;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Keys and values to bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  private final Codec<Long> longs = Types.LONG.codec();
  private final Codec<Session> records = Types.of(Session.class).codec();
  private final KeyCodec<String> keys = KeyCodec.of(Types.STRING, "bench");
  private final String key = "user-12345";
  private final Session session = new Session(1_800_000_000_000L, 17);
  private final byte[] encodedSession = records.encode(session);
  private long number = 1_000_000;

  @Benchmark
  public byte[] longToBytes() {
    return longs.encode(number++);
  }

  @Benchmark
  public byte[] recordToBytes() {
    return records.encode(session);
  }

  @Benchmark
  public Session recordFromBytes() {
    return records.decode(encodedSession);
  }

  @Benchmark
  public byte[] keyToBytes() {
    return keys.encode(key);
  }

  @Benchmark
  public int keyToHash() {
    return keys.hash(key);
  }
}
