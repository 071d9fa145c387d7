package dev.keyling.sharding.job;

import java.util.List;

/** What {@link TriggerRules} have decided. */
sealed interface TriggerEffect {

  /** A checkpoint begins. */
  record Begin(long id, List<CheckpointRequest> requests) implements TriggerEffect {}

  /** A checkpoint ends that is not complete. */
  record GiveUp(long id, Throwable cause) implements TriggerEffect {}

  /** A request is not even taken. */
  record Refuse(CheckpointRequest request, Throwable cause) implements TriggerEffect {}

  /** Too many checkpoints have failed. */
  record FailAttempt(Throwable cause) implements TriggerEffect {}

  /** The rules want to look at the time again, then and not when they wanted to before. */
  record LookAgain(long afterMillis) implements TriggerEffect {}
}
