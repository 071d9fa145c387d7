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
 * @param recoveries when each of them may recover
 * @param unflushed what they hold in memory together because it is not in rows yet
 */
public record StepHost(
    StepDefinition<Object, Object, Object> definition,
    Commits commits,
    @Nullable RowStore rows,
    ActorsSettings settings,
    InstantSource clock,
    Recoveries recoveries,
    Unflushed unflushed) {

  /** Makes what the key groups of a step on this node share. */
  public static StepHost of(
      StepDefinition<Object, Object, Object> definition,
      Commits commits,
      @Nullable RowStore rows,
      ActorsSettings settings,
      InstantSource clock) {
    Unflushed unflushed = new Unflushed(settings.maxUnflushed());
    Recoveries recoveries = new Recoveries(settings.maxRecoveries());
    return new StepHost(definition, commits, rows, settings, clock, recoveries, unflushed);
  }

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
