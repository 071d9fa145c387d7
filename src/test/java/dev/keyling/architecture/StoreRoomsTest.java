package dev.keyling.architecture;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of the embedded store, from the records at the bottom to what users name. */
@AnalyzeClasses(
    packages = "dev.keyling.persistence.leveldb",
    importOptions = RoomsTest.WithoutTests.class)
class StoreRoomsTest {
  private static final String STORE = "dev.keyling.persistence.leveldb";

  @ArchTest
  static final ArchRule theRoomsOfTheStoreDependOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage(STORE + "..")
          .layer("record")
          .definedBy(STORE + ".record")
          .layer("files")
          .definedBy(STORE + ".files")
          .layer("database")
          .definedBy(STORE + ".database")
          .layer("journal")
          .definedBy(STORE + ".journal")
          .layer("snapshots")
          .definedBy(STORE + ".snapshots")
          .layer("rows")
          .definedBy(STORE + ".rows")
          .layer("store")
          .definedBy(STORE)
          .layer("offline")
          .definedBy(STORE + ".offline")
          .ensureAllClassesAreContainedInArchitecture()
          .whereLayer("record")
          .mayNotAccessAnyLayer()
          .whereLayer("files")
          .mayOnlyAccessLayers("record")
          .whereLayer("database")
          .mayOnlyAccessLayers("record", "files")
          .whereLayer("journal")
          .mayOnlyAccessLayers("record", "database")
          .whereLayer("snapshots")
          .mayOnlyAccessLayers("record", "database")
          .whereLayer("rows")
          .mayOnlyAccessLayers("record", "database")
          .whereLayer("store")
          .mayOnlyAccessLayers("record", "database", "journal", "snapshots", "rows")
          .whereLayer("offline")
          .mayOnlyAccessLayers("record", "files", "journal", "snapshots", "rows");
}
