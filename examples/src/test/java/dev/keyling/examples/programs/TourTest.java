package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.KeyView;
import dev.keyling.KeyedStep;
import dev.keyling.connector.Sinks;
import dev.keyling.connector.Sources;
import dev.keyling.examples.programs.FraudAlert.Alert;
import dev.keyling.sharding.KeyedRef;
import dev.keyling.sharding.Keyling;
import dev.keyling.sharding.LocalSystem;
import dev.keyling.state.Types;
import dev.keyling.testing.DataflowTestHarness;
import dev.keyling.testing.TestingSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README that stands in no example. The README is cut from here. */
class TourTest {
  private static final List<Payment> PAYMENTS =
      List.of(new Payment("user1", 5000), new Payment("user1", 110000));
  private static final Alert ALERT = new Alert("user1", 5000, 110000, 105000);

  @Test
  void theFirstProgramPrintsItsAlert() {
    PrintStream standard = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      FirstProgram.main(new String[0]);
    } finally {
      System.setOut(standard);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("user1 7000 -> 110000");
  }

  @Test
  void skipsAnElementOnWhichTheFunctionThrows() {
    List<Payment> payments =
        List.of(
            new Payment("user1", Long.MAX_VALUE),
            new Payment("user1", -5), // the difference does not fit a long: the function throws
            new Payment("user2", 1));
    Dataflow flow = Dataflow.named("fraud");
    KeyedStep<String, Alert> alerts = FraudAlert.of(flow.fromCollection("payments", payments));
    alerts.to("out", Sinks.print());
    alerts.deadLetters().to("skipped", Sinks.print());

    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(test.output("out")).isEmpty();
    assertThat(test.output("skipped"))
        .hasSize(1)
        .first()
        .asString()
        .contains("ArithmeticException");
  }

  @Test
  void survivesACrashBetweenTwoPayments() {
    Payment small = new Payment("user1", 5000);
    Payment large = new Payment("user1", 110000);
    Dataflow flow = Dataflow.named("fraud");
    flow.enableCheckpointing(Duration.ofSeconds(1));
    FraudAlert.of(flow.from("payments", TestingSource.of(small).crash().then(large)))
        .to("out", Sinks.print());

    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(test.output("out")).hasToString("[" + ALERT + "]");
  }

  @Test
  void goesOnWithTheNewLinesOfAFile(@TempDir Path dir) throws Exception {
    Path input = Files.writeString(dir.resolve("payments"), "user1,1\nuser2,2\n");
    Path output = dir.resolve("totals");
    try (LocalSystem local = LocalSystem.start("tour", storedIn(dir.resolve("data")))) {
      end(local.keyling().run(totals(input, output)));
      assertThat(output).content().contains("total=1").contains("total=2").hasLineCount(2);
      Files.writeString(input, "user1,3\n", StandardOpenOption.APPEND);
      end(local.keyling().run(totals(input, output)));
    }
    assertThat(Files.readAllLines(output)).hasSize(3).last().asString().contains("total=4");
  }

  private static Dataflow totals(Path input, Path output) {
    Dataflow flow = Dataflow.named("totals");
    flow.enableCheckpointing(Duration.ofMillis(100));
    RunningTotals.of(flow.from("payments", Sources.lines(input)).map(TourTest::payment))
        .map(total -> total.toString())
        .to("out", Sinks.lines(output));
    return flow;
  }

  private static Payment payment(String line) {
    String[] fields = line.split(",");
    return new Payment(fields[0], Long.parseLong(fields[1]));
  }

  private static Config storedIn(Path dir) {
    return ConfigFactory.parseMap(Map.of("keyling.persistence.leveldb.dir", dir.toString()));
  }

  private static void end(Job job) throws Exception {
    job.completion().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @Test
  void livesInAPekkoApplication(@TempDir Path dir) throws Exception {
    Config config = storedIn(dir).withFallback(application()).withFallback(ConfigFactory.load());
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "shop", config);
    try {
      askAndStream(system);
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }
  }

  private static void askAndStream(ActorSystem<?> system) throws Exception {
    KeyedRef<String, Payment, Alert> fraud =
        Keyling.get(system).keyed("fraud", Types.STRING, FraudAlert::new);

    CompletionStage<Done> told = fraud.tell("user1", new Payment("user1", 5000));
    CompletionStage<List<Alert>> asked = fraud.ask("user1", new Payment("user1", 110000));
    CompletionStage<KeyView> seen = fraud.view("user1");

    CompletionStage<List<Alert>> streamed =
        Source.from(PAYMENTS).via(fraud.flow(Payment::user)).runWith(Sink.seq(), system);

    assertThat(get(told)).isNotNull();
    assertThat(get(asked)).containsExactly(ALERT);
    assertThat(get(seen).states()).containsKey("previous");
    assertThat(get(streamed)).containsExactly(ALERT);
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  /** What the README shows, on a port that is free here. */
  private static Config application() throws IOException {
    try (InputStream shown = TourTest.class.getResourceAsStream("/embedding.conf");
        ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String text = new String(shown.readAllBytes(), StandardCharsets.UTF_8);
      return ConfigFactory.parseString(
          text.replace("17355", Integer.toString(free.getLocalPort())));
    }
  }
}
