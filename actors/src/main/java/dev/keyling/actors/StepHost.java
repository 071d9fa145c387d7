package dev.keyling.actors;

import dev.keyling.kernel.StepDefinition;
import dev.keyling.persistence.RowStore;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What all key groups of one step on one node share.
 *
 * @param rows null if nothing is stored
 * @param commits when changes become durable
 */
public record StepHost(
    StepDefinition<Object, Object, Object> definition,
    Commits commits,
    @Nullable RowStore rows,
    ActorsSettings settings,
    InstantSource clock) {

  /** When the changes of a key group become durable. */
  public enum Commits {
    /** Never: without checkpointing nothing is stored. */
    NEVER,
    /** With every checkpoint of the dataflow. */
    CHECKPOINTS,
    /** With every batch, before its outputs leave: an embedded step. */
    BATCHES
  }
}
