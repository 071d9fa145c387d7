package dev.keyling.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.benchmarks.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that only print. */
class ContenderTest {
  private static Contender printing(String script) {
    return new Contender("it", workload -> List.of("bash", "-c", script, "it", workload.name()));
  }

  @Test
  void findsTheResultInWhatIsPrinted() throws Exception {
    Contender contender =
        printing(
            "echo so; echo RESULT workload=$1 seconds=2.000 eps=17 rssMB=1 verify=OK; echo on");
    Contender.Run run = contender.run(Workload.W3);
    assertThat(run.line()).startsWith("RESULT workload=W3 ").endsWith(" verify=OK");
    assertThat(run.eventsPerSecond()).isEqualTo(17);
  }

  @Test
  void takesNoRunThatCountedWrongOrFailed() {
    for (String script :
        List.of(
            "echo RESULT eps=17 rssMB=1 verify=FAILED",
            "echo RESULT eps=17 rssMB=1 verify=OK; exit 1",
            "echo nothing")) {
      assertThatThrownBy(() -> printing(script).run(Workload.W1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("it did not run W1 as it should");
    }
  }
}
