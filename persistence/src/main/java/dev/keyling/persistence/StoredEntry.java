package dev.keyling.persistence;

/**
 * One live entry of a key's image.
 *
 * @param entry the encoded entry, as it was flushed
 * @param value the encoded value, as it was flushed
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredEntry(byte[] entry, byte[] value) {}
