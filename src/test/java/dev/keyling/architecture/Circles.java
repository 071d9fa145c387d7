package dev.keyling.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

/**
 * The two grains in which circles are looked for.
 *
 * <p>Five packages of the language name each other by contract ({@code KeyedStream} gives a {@code
 * WindowedStream}, whose results are a {@code KeyedStep}; a reducing state takes a {@code
 * ReduceFunction}, whose context gives states): for circles they are one.
 */
final class Circles {
  private static final Set<String> LANGUAGE =
      Set.of(
          "dev.keyling",
          "dev.keyling.function",
          "dev.keyling.operator",
          "dev.keyling.plan",
          "dev.keyling.state",
          "dev.keyling.window");

  private Circles() {}

  private static SliceIdentifier slice(String packageName) {
    return SliceIdentifier.of(LANGUAGE.contains(packageName) ? "the language" : packageName);
  }

  /** {@code dev.keyling.sharding.stage} belongs to {@code dev.keyling.sharding}. */
  static final class ByFirstSegment implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String[] segments = type.getPackageName().split("\\.", -1);
      return slice(segments.length < 3 ? "dev.keyling" : "dev.keyling." + segments[2]);
    }

    @Override
    public String getDescription() {
      return "packages directly below dev.keyling";
    }
  }

  /** Every package for itself. */
  static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return slice(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
