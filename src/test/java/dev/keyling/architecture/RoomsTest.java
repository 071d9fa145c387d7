package dev.keyling.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: the rooms of the architecture, checked over the compiled classes. */
@AnalyzeClasses(packages = "dev.keyling", importOptions = RoomsTest.WithoutTests.class)
class RoomsTest {

  /** Also leaves out this module's own classes, which are not built into the usual directory. */
  static final class WithoutTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/");
    }
  }

  /** The language is every package that is not one of the other rooms. */
  private static final DescribedPredicate<JavaClass> API =
      resideInAPackage("dev.keyling..")
          .and(
              not(
                  resideInAnyPackage(
                      "dev.keyling.persistence..",
                      "dev.keyling.actors..",
                      "dev.keyling.sharding..",
                      "dev.keyling.jdbc..",
                      "dev.keyling.examples..",
                      "dev.keyling.benchmarks..")))
          .as("api");

  @ArchTest
  static final ArchRule roomsDependOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.keyling..")
          .withOptionalLayers(true)
          .layer("api")
          .definedBy(API)
          .layer("persistence")
          .definedBy("dev.keyling.persistence..")
          .layer("actors")
          .definedBy("dev.keyling.actors..")
          .layer("sharding")
          .definedBy("dev.keyling.sharding..")
          .layer("jdbc")
          .definedBy("dev.keyling.jdbc..")
          .layer("examples")
          .definedBy("dev.keyling.examples..")
          .layer("workloads")
          .definedBy("dev.keyling.benchmarks.workload..")
          .layer("benchmarks")
          .definedBy(
              "dev.keyling.benchmarks",
              "dev.keyling.benchmarks.functions..",
              "dev.keyling.benchmarks.compare..",
              "dev.keyling.benchmarks.jmh..")
          .whereLayer("api")
          .mayNotAccessAnyLayer()
          .whereLayer("persistence")
          .mayOnlyAccessLayers("api")
          .whereLayer("actors")
          .mayOnlyAccessLayers("api", "persistence")
          .whereLayer("sharding")
          .mayOnlyAccessLayers("api", "persistence", "actors")
          .whereLayer("jdbc")
          .mayOnlyAccessLayers("api")
          .whereLayer("workloads")
          .mayNotAccessAnyLayer()
          .whereLayer("benchmarks")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule connectorsKnowOnlyTheLanguageAndTheJdk =
      classes()
          .that()
          .resideInAPackage("dev.keyling.jdbc..")
          .should()
          .onlyDependOnClassesThat(
              API.or(
                  resideInAnyPackage(
                      "dev.keyling.jdbc..", "java..", "javax.sql..", "org.jspecify..")))
          .because("who writes to a database gets no other jar with it")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theLanguageKnowsOnlyTheJdk =
      classes()
          .that(API)
          .should()
          .onlyDependOnClassesThat(API.or(resideInAnyPackage("java..", "org.jspecify..")))
          .because("api has no Pekko, no Jackson, no LevelDB and no Scala: its users get no jar")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule modulesHaveNoCircles =
      slices()
          .assignedFrom(new Circles.ByFirstSegment())
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule packagesHaveNoCircles =
      slices()
          .assignedFrom(new Circles.ByPackage())
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theKernelAsksNoClockAndNoDice =
      noClasses()
          .that()
          .resideInAPackage("dev.keyling.kernel..")
          .should()
          .accessTargetWhere(clockOrDice())
          .because("replay must give the same image, byte for byte")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theKernelStartsNoThread =
      noClasses()
          .that()
          .resideInAPackage("dev.keyling.kernel..")
          .should()
          .dependOnClassesThat(
              new DescribedPredicate<>("are threads, executors or sources of randomness") {
                @Override
                public boolean test(JavaClass type) {
                  return type.isAssignableTo(Thread.class)
                      || type.isAssignableTo(java.util.concurrent.Executor.class)
                      || type.isEquivalentTo(java.util.concurrent.Executors.class)
                      || type.isAssignableTo(java.util.random.RandomGenerator.class);
                }
              })
          .because("one step is a pure, single-threaded state machine")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule everyPackageSaysWhatMayBeNull =
      classes()
          .that()
          .resideInAPackage("dev.keyling..")
          .and()
          .resideOutsideOfPackage("..jmh_generated..")
          .should(new BeInNullMarkedPackage())
          .allowEmptyShould(true);

  private static DescribedPredicate<JavaAccess<?>> clockOrDice() {
    return new DescribedPredicate<>("reads the wall clock or a random source") {
      @Override
      public boolean test(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String member = access.getName();
        return switch (owner) {
          case "java.lang.System" ->
              member.equals("currentTimeMillis") || member.equals("nanoTime");
          case "java.lang.Math", "java.lang.StrictMath" -> member.equals("random");
          case "java.util.UUID" -> member.equals("randomUUID");
          case "java.util.Collections" -> member.equals("shuffle");
          case "java.time.Clock", "java.time.InstantSource" ->
              member.startsWith("system") || member.startsWith("tick");
          default -> owner.startsWith("java.time.") && member.equals("now");
        };
      }
    };
  }
}
