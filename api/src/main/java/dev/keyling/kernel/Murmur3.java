package dev.keyling.kernel;

/**
 * MurmurHash3 x86 32-bit with seed 0, by Austin Appleby (public domain). It places keys, so it is
 * part of the stored format.
 */
final class Murmur3 {
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private Murmur3() {}

  static int hash(byte[] bytes) {
    int whole = bytes.length & ~3;
    int hash = 0;
    for (int i = 0; i < whole; i += 4) {
      hash = block(hash, block(bytes, i, 4));
    }
    return end(hash, block(bytes, whole, bytes.length - whole), bytes.length);
  }

  /** Takes in four bytes, the first one lowest. */
  static int block(int hash, int block) {
    return Integer.rotateLeft(hash ^ scrambled(block), 13) * 5 + 0xe6546b64;
  }

  /** Takes in the last 0 to 3 bytes, the first one lowest, and the length of it all. */
  static int end(int hash, int tail, int length) {
    int mixed = hash ^ scrambled(tail) ^ length;
    mixed = (mixed ^ mixed >>> 16) * 0x85ebca6b;
    mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
    return mixed ^ mixed >>> 16;
  }

  private static int scrambled(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }

  private static int block(byte[] bytes, int from, int length) {
    int block = 0;
    for (int i = 0; i < length; i++) {
      block |= (bytes[from + i] & 0xFF) << (Byte.SIZE * i);
    }
    return block;
  }
}
