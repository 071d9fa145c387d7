package dev.keyling.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteWriterTest {
  private final ByteWriter writer = new ByteWriter(0);

  @Test
  void readsBackWhatWasWritten() {
    writer.writeByte(-1);
    writer.writeLong(Long.MIN_VALUE + 1);
    writer.writeVarInt(-1);
    writer.writeVarLong(-1);
    writer.writeBytes(new byte[] {1, 2});
    writer.writeString("kä\ud83d\ude00");
    writer.writeRaw(new byte[] {3, 4, 5});
    ByteReader reader = new ByteReader(writer.toByteArray());
    assertThat(reader.remaining()).isEqualTo(writer.size());
    assertThat(reader.readByte()).isEqualTo((byte) -1);
    assertThat(reader.readLong()).isEqualTo(Long.MIN_VALUE + 1);
    assertThat(reader.readVarInt()).isEqualTo(-1);
    assertThat(reader.readVarLong()).isEqualTo(-1);
    assertThat(reader.readBytes()).containsExactly(1, 2);
    assertThat(reader.readString()).isEqualTo("kä\ud83d\ude00");
    assertThat(reader.readRaw(1)).containsExactly(3);
    assertThat(reader.readRemaining()).containsExactly(4, 5);
    assertThat(reader.remaining()).isZero();
  }

  @Test
  void readsBackAnyVarLong() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >>> random.nextInt(Long.SIZE);
      ByteWriter one = new ByteWriter();
      one.writeVarLong(value);
      assertThat(new ByteReader(one.toByteArray()).readVarLong()).isEqualTo(value);
      assertThat(one.size()).isEqualTo(Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7));
    }
  }

  @Test
  void saysWhatIsTruncated() {
    assertTruncated("truncated byte");
    assertTruncated("truncated long: needs 8 bytes, has 3", 1, 2, 3);
    assertThatThrownBy(() -> bytes(0x80).readVarLong()).hasMessageContaining("truncated var long");
    assertThatThrownBy(() -> bytes(2, 1).readBytes()).hasMessageContaining("truncated bytes");
    assertThatThrownBy(() -> bytes(2, 'a').readString()).hasMessageContaining("truncated string");
    assertThatThrownBy(() -> bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x0F).readBytes())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("truncated bytes: needs 4294967295");
  }

  @Test
  void acceptsOnlyTheShortestFormOfANumber() {
    assertThatThrownBy(() -> bytes(0x80, 0).readVarLong()).hasMessageContaining("shortest");
    assertThatThrownBy(() -> bytes(0x80, 0x80, 0x80, 0x80, 0x10).readVarInt())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bits");
    assertThatThrownBy(() -> bytes(-1, -1, -1, -1, -1, -1, -1, -1, -1, 2).readVarLong())
        .hasMessageContaining("64 bits");
    assertThatThrownBy(() -> bytes(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1).readVarLong())
        .hasMessageContaining("64 bits");
  }

  private static void assertTruncated(String message, int... bytes) {
    assertThatThrownBy(
            () -> {
              ByteReader reader = bytes(bytes);
              if (bytes.length == 0) {
                reader.readByte();
              } else {
                reader.readLong();
              }
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static ByteReader bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new ByteReader(bytes);
  }
}
