package dev.keyling.persistence.leveldb;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreAheadTest {
  private static final String SETTINGS = "keyling.persistence.leveldb.";

  @TempDir Path dir;

  private Config config() {
    return Tck.config(dir.resolve("store")).resolve();
  }

  private LevelDbSettings settings() {
    return LevelDbSettings.from(config());
  }

  private void makeStore() {
    LevelDbStore.open(settings(), line -> {}).close();
  }

  private static ActorSystem start(Config config, StoreAhead ahead) {
    BootstrapSetup bootstrap = BootstrapSetup.create(config);
    return ActorSystem.create("ahead", ActorSystemSetup.create(bootstrap, ahead));
  }

  private static void stop(ActorSystem system) throws Exception {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get(30, SECONDS);
  }

  @Test
  void theSystemTakesTheStoreOverAndClosesIt() throws Exception {
    makeStore();
    StoreAhead ahead = StoreAhead.of(config());
    ActorSystem system = start(config(), ahead);
    LevelDbStore store = EmbeddedStore.get(system).store();
    ahead.close(); // no longer its own
    assertThat(store.rows().isEmpty(new GroupAddress("flow", "step", 0))).isTrue();
    assertThatThrownBy(this::makeStore).isInstanceOf(StoreException.class);
    stop(system);
    makeStore();
  }

  @Test
  void aStoreThatNobodyTookIsLetGo() {
    makeStore();
    StoreAhead ahead = StoreAhead.of(config());
    ahead.close();
    makeStore();
  }

  @Test
  void noStoreIsMadeAhead() {
    StoreAhead.of(config()).close();
    assertThat(settings().dir()).doesNotExist();
    Config nowhere = config().withValue(SETTINGS + "dir", ConfigValueFactory.fromAnyRef(""));
    StoreAhead.of(nowhere).close();
  }

  @Test
  void aStoreThatWasNotThereIsMadeWhenTheSystemNeedsIt() throws Exception {
    ActorSystem system = start(config(), StoreAhead.of(config()));
    assertThat(EmbeddedStore.get(system).store().settings()).isEqualTo(settings());
    stop(system);
  }

  @Test
  void whoAsksForTheStoreIsToldWhyItCannotBeOpened() throws Exception {
    makeStore();
    Config foreign = config().withValue(SETTINGS + "key-groups", ConfigValueFactory.fromAnyRef(7));
    ActorSystem system = start(foreign, StoreAhead.of(foreign));
    assertThatThrownBy(() -> EmbeddedStore.get(system))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("7");
    stop(system);
  }

  @Test
  void aSystemWithOtherSettingsOpensTheStoreWithThose() throws Exception {
    makeStore();
    StoreAhead ahead = StoreAhead.of(config());
    Config other = ConfigFactory.parseString(SETTINGS + "compact-after = 77s");
    ActorSystem system = start(other.withFallback(config()), ahead);
    assertThat(EmbeddedStore.get(system).store().settings().compactAfter()).hasSeconds(77);
    stop(system);
  }

  @Test
  void damageThatIsAcceptedIsReported() throws Exception {
    makeStore();
    Path db = settings().dir().resolve("db");
    Path manifest = db.resolve(Files.readString(db.resolve("CURRENT")).strip());
    Files.write(manifest, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, StandardOpenOption.APPEND);
    List<String> reports = new ArrayList<>();
    StoreAhead.of(config()).take(settings(), reports::add).close();
    assertThat(reports).hasSize(1);
  }
}
