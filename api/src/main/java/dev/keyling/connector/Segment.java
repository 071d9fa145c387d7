package dev.keyling.connector;

/**
 * The lines of one checkpoint in the file of a lines sink.
 *
 * @param offset where they begin in the file
 * @param length their bytes, more than 0
 * @param crc the CRC32C of these bytes
 */
record Segment(long offset, long length, int crc) {

  long end() {
    return offset + length;
  }
}
