package dev.keyling.state;

import java.util.Objects;

/**
 * Names a state and says what it holds. Two descriptors are equal when kind and name are (as in
 * Flink).
 *
 * @param <S> the kind of state
 */
public abstract sealed class StateDescriptor<S extends State>
    permits ValueStateDescriptor,
        ListStateDescriptor,
        MapStateDescriptor,
        ReducingStateDescriptor,
        AggregatingStateDescriptor {

  private static final int MAX_NAME = 255;

  private final String name;
  private StateTtlConfig ttl = StateTtlConfig.DISABLED;

  StateDescriptor(String name) {
    this.name = checked(name);
  }

  private static String checked(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "a state name has 1 to "
              + MAX_NAME
              + " characters, \""
              + name
              + "\" has "
              + name.length());
    }
    for (int i = 0; i < name.length(); i++) { // no stream: this is done for every key
      if (Character.isISOControl(name.charAt(i))) {
        throw new IllegalArgumentException(
            "a state name has no control characters: \""
                + name.replaceAll("\\p{Cntrl}", "?")
                + "\"");
      }
    }
    return name;
  }

  /** Returns the name, unique within its step. */
  public final String getName() {
    return name;
  }

  /**
   * Lets the entries of the state expire; {@link StateTtlConfig#DISABLED} lets them stay. A default
   * value is ignored then. To be called before the state is declared with this descriptor.
   */
  public final void enableTimeToLive(StateTtlConfig config) {
    ttl = Objects.requireNonNull(config, "the TTL configuration is null; DISABLED switches off");
  }

  /** Returns how long the entries live. */
  public final StateTtlConfig getTtlConfig() {
    return ttl;
  }

  /** Returns kind and types in words, such as {@code ValueState<long>}; part of what is stored. */
  public abstract String describe();

  @Override
  public final boolean equals(Object other) {
    return other != null
        && other.getClass() == getClass()
        && ((StateDescriptor<?>) other).name.equals(name);
  }

  @Override
  public final int hashCode() {
    return 31 * getClass().hashCode() + name.hashCode();
  }

  @Override
  public final String toString() {
    return describe() + " \"" + name + "\"";
  }
}
