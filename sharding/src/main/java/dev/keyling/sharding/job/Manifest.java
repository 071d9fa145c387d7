package dev.keyling.sharding.job;

import dev.keyling.connector.Position;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a checkpoint is, beside the commits of the key groups.
 *
 * @param positions by source step and partition ({@code step/partition}), where to read on; those
 *     of partitions that are not there at the moment are kept
 * @param generators by lane and node, what watermark generators knew
 * @param watermarks by step id
 * @param handles by sink step id, what the sink staged for this checkpoint and for earlier ones
 *     that it may not have published
 * @param overtaken by step id and lane, the elements that markers have overtaken before the step
 * @param ended ids of the steps whose functions knew that the input had ended: what they did then
 *     is in the checkpoint
 */
record Manifest(
    long id,
    long completedAt,
    Map<String, Position> positions,
    Map<String, Long> generators,
    Map<String, Long> watermarks,
    Map<String, List<byte[]>> handles,
    Map<String, Map<String, byte[]>> overtaken,
    Set<String> ended) {}
