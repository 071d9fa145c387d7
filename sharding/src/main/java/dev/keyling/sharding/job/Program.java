package dev.keyling.sharding.job;

import dev.keyling.persistence.StoreException;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.state.TypeInformation;
import java.util.Map;
import java.util.TreeMap;

/** What of a program is stored, because state depends on it. */
final class Program {
  private static final String BY_VALUE = "by value";
  private static final String OPERATOR = " partitions of an operator";

  private Program() {}

  /** Returns, by step id, what a keyed step may not change. */
  static Map<String, String> of(JobParts parts) {
    Map<String, String> program = new TreeMap<>();
    for (KeyedNode step : parts.plan().steps()) {
      program.put(step.stepId(), StepHosts.keyGroupsOf(parts, step) + kindOf(step));
    }
    return program;
  }

  private static String kindOf(KeyedNode step) {
    if (step.isOperator()) {
      return OPERATOR;
    }
    TypeInformation<Object> keyType = step.keyType();
    return " key groups, keys " + (keyType == null ? BY_VALUE : keyType.describe());
  }

  /** Refuses to run on what another program has stored. */
  static void check(JobParts parts, JobRecord stored) {
    Map<String, String> now = of(parts);
    stored
        .program()
        .forEach(
            (step, was) -> {
              String is = now.get(step);
              if (is == null) {
                throw new StoreException(
                    "dataflow \"%s\" has stored state of a step \"%s\" that the program no longer has; keep the step, or start with another directory"
                        .formatted(parts.plan().name(), step));
              }
              if (!is.equals(was) && !isLaterDeclared(was, is)) {
                throw new StoreException(
                    "dataflow \"%s\" step \"%s\" was stored with %s and now has %s; change it back, or start with another directory"
                        .formatted(parts.plan().name(), step, was, is));
              }
            });
  }

  /** Whether a key type is declared or not changes no bytes; stored keys of another are refused. */
  private static boolean isLaterDeclared(String was, String is) {
    return !was.endsWith(OPERATOR)
        && !is.endsWith(OPERATOR)
        && groupsOf(was).equals(groupsOf(is))
        && (was.endsWith(BY_VALUE) || is.endsWith(BY_VALUE));
  }

  private static String groupsOf(String step) {
    return step.substring(0, step.indexOf(' '));
  }
}
