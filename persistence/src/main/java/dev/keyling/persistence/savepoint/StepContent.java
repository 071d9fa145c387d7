package dev.keyling.persistence.savepoint;

import org.jspecify.annotations.Nullable;

/**
 * What a savepoint to be written will have of a step.
 *
 * @param keyType as {@link SavedStep#keyType} has it; null for an operator
 * @param partitions how many an operator has; 0 of a keyed step
 * @param watermark the step's
 * @param ended whether its functions know that its input has ended
 */
record StepContent(
    @Nullable String keyType, int partitions, long watermark, boolean ended, Parting images) {

  /** Gives the images in as many key groups as they are wanted in. */
  @FunctionalInterface
  interface Parting {
    StepImages into(int keyGroups);
  }

  /** What another savepoint has. */
  static StepContent of(SavepointReader reader, SavedStep step) {
    return new StepContent(
        step.keyType(),
        step.isOperator() ? step.keyGroups() : 0,
        reader.manifest().watermarks().getOrDefault(step.id(), Long.MIN_VALUE),
        reader.manifest().ended().contains(step.id()),
        keyGroups -> reader.images(step.id(), keyGroups));
  }

  /** Returns the number of key groups that it is written in. */
  int keyGroups(int ofKeyedSteps) {
    return keyType == null ? partitions : ofKeyedSteps;
  }
}
