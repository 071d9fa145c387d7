package dev.keyling.persistence.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import dev.keyling.persistence.leveldb.files.StoreIdentity;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.semantics.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LevelDbStoreTest {

  @TempDir Path dir;

  @Test
  @Proves("error 4")
  void refusesAnotherOwnerOrNumberOfKeyGroups() {
    open("totals", 128).close();
    assertRefused("fraud", 128, "belongs to \"totals\"");
    assertRefused("totals", 64, "has 128 key groups, not 64");
    open("", 128).close();
    open("totals", 128).close();
  }

  @Test
  @Proves("error 4")
  void refusesAnotherFormat() throws IOException {
    open("fraud", 128).close();
    StoreIdentity identity = StoreIdentity.read(dir);
    new StoreIdentity(3, "fraud", 128, identity.creation()).write(dir);
    assertRefused("fraud", 128, "has format 3");
  }

  @Test
  void refusesADatabaseWithoutIdentity() throws IOException {
    open("fraud", 128).close();
    Files.delete(dir.resolve("identity"));
    assertRefused("fraud", 128, "has no identity file");
  }

  @Test
  void refusesAnIdentityWithoutDatabase() throws IOException {
    open("fraud", 128).close();
    Path current = dir.resolve("db/CURRENT");
    byte[] bytes = Files.readAllBytes(current);
    Files.delete(current);
    assertRefused("fraud", 128, "has lost its data");
    Files.write(current, bytes);
    open("fraud", 128).close();
    Files.move(dir.resolve("db"), dir.resolve("elsewhere"));
    assertRefused("fraud", 128, "has lost its data");
  }

  @Test
  void refusesADamagedIdentity() throws IOException {
    open("fraud", 128).close();
    Path file = dir.resolve("identity");
    Files.writeString(file, Files.readString(file).replace("fraud", "freud"));
    assertRefused("freud", 128, "damaged identity");
  }

  @Test
  void refusesTheDatabaseOfAnotherStore(@TempDir Path other) throws IOException {
    open("fraud", 128).close();
    Stores.open(other).close();
    Files.copy(
        other.resolve("identity"),
        dir.resolve("identity"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertRefused("fraud", 128, "not of the same store");
  }

  @Test
  void refusesAForeignDatabase() throws IOException {
    Files.writeString(dir.resolve("CURRENT"), "MANIFEST-000001\n");
    assertRefused("fraud", 128, "not a store of Keyling");
  }

  @Test
  void startsOverWhenACrashInterruptedTheMaking() throws IOException {
    open("fraud", 128).close();
    Files.move(dir.resolve("db"), dir.resolve("db.new"));
    open("fraud", 128).close();
    assertThat(dir.resolve("db.new")).doesNotExist();
  }

  @Test
  void refusesADirectoryThatIsAFile() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "x");
    assertThatThrownBy(() -> Stores.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("choose another directory");
  }

  @Test
  void refusesADirectoryThatIsInUseByThisProcess() {
    try (LevelDbStore store = open("fraud", 128)) {
      assertRefused("fraud", 128, "in use by this process");
      assertThat(store.rows().isEmpty(new GroupAddress("fraud", "a", 1))).isTrue();
    }
    open("fraud", 128).close();
  }

  @Test
  void refusesADirectoryThatIsInUseByAnotherProcess() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("open");
      assertRefused("fraud", 128, "the process with pid " + other.pid());
      assertThatThrownBy(() -> OfflineStore.open(dir))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the process with pid " + other.pid());
    } finally {
      other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    open("fraud", 128).close();
  }

  @Test
  void refusesADirectoryThatIsBeingLookedInto() {
    open("fraud", 128).close();
    try (OfflineStore looking = OfflineStore.open(dir)) {
      assertRefused("fraud", 128, "in use by this process");
      assertThat(looking.verify().isClean()).isTrue();
    }
    open("fraud", 128).close();
  }

  /** Opens a store and holds it until it is killed. */
  static final class Holder {
    public static void main(String[] args) throws IOException {
      LevelDbStore store = Stores.open(Path.of(args[0]));
      System.out.println("open");
      System.in.read();
      store.close();
    }
  }

  @Test
  void refusesUseAfterClose() {
    LevelDbStore store = open("fraud", 128);
    store.close();
    store.close();
    GroupAddress group = new GroupAddress("fraud", "a", 1);
    assertThatThrownBy(() -> store.rows().isEmpty(group)).hasMessageContaining("is closed");
    assertThatThrownBy(
            () -> store.journal().append("a", List.of(Stores.event(1, 1)), Durability.OS).join())
        .hasMessageContaining("is closed");
    assertThatThrownBy(() -> store.database().submit(new Changes(), Durability.OS).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StoreException.class);
  }

  @Test
  void writesWhatWasHandedOverBeforeItCloses() {
    LevelDbStore store = open("fraud", 128);
    for (int i = 1; i <= 1000; i++) {
      var unused = store.journal().append("a", List.of(Stores.event(i, 100)), Durability.OS);
    }
    store.close();
    try (LevelDbStore again = open("fraud", 128)) {
      assertThat(again.journal().readHighest("a")).isEqualTo(1000);
    }
  }

  @Test
  void saysWhichSettingIsMissing() {
    assertThatThrownBy(
            () -> LevelDbSettings.from(com.typesafe.config.ConfigFactory.defaultReference()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("keyling.persistence.leveldb.dir");
  }

  private LevelDbStore open(String owner, int keyGroups) {
    return LevelDbStore.open(LevelDbSettings.of(dir, owner, keyGroups), Stores.REPORTS::add);
  }

  private void assertRefused(String owner, int keyGroups, String why) {
    assertThatThrownBy(() -> open(owner, keyGroups).close())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(dir.toString())
        .message()
        .doesNotContain("\n");
  }
}
