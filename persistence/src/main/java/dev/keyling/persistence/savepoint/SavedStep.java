package dev.keyling.persistence.savepoint;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a savepoint has of a step.
 *
 * @param id id of the step
 * @param keyGroups how many key groups its keys are parted into; of an operator its partitions
 * @param keyType how the type of its keys is described, {@link #BY_VALUE} if it was not declared;
 *     null for an operator, which has no keys
 * @param files of the key groups that hold something, in the order of their numbers
 */
public record SavedStep(String id, int keyGroups, @Nullable String keyType, List<GroupFile> files) {
  /** The key type of a step that declares none. */
  public static final String BY_VALUE = "by value";

  /** Checks that there is a key group. */
  public SavedStep {
    if (keyGroups < 1) {
      throw new IllegalArgumentException("step " + id + " has " + keyGroups + " key groups");
    }
    files = List.copyOf(files);
  }

  /** Tells whether it is an operator: its keys are its partitions. */
  public boolean isOperator() {
    return keyType == null;
  }

  /** Returns the file of a key group; empty if the group holds nothing. */
  public Optional<GroupFile> file(int group) {
    return files.stream().filter(file -> file.group() == group).findFirst();
  }

  /** Returns the states of which any key has entries, in the order of their names. */
  public Set<SavedState> states() {
    Set<SavedState> states = new TreeSet<>();
    files.forEach(file -> states.addAll(file.states()));
    return states;
  }

  /** Returns how many keys it has, those of key groups included. */
  public long keys() {
    return files.stream().mapToLong(GroupFile::keys).sum();
  }
}
