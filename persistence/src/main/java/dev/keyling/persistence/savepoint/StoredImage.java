package dev.keyling.persistence.savepoint;

import dev.keyling.kernel.Image;

/**
 * One key and everything that it holds, as it is stored.
 *
 * @param key the encoded key; that of a {@link dev.keyling.kernel.GroupKey} for what a key group
 *     keeps for itself
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredImage(byte[] key, Image image) {}
