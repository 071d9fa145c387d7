package dev.keyling.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PrintStream terminal = new PrintStream(screen, true, UTF_8);
  private final ProgressLine line = new ProgressLine(terminal);
  private final PrintStream results = line.beside(terminal);

  private String shown() {
    String text = screen.toString(UTF_8).replace("\u001b[K", "~");
    screen.reset();
    return text;
  }

  @Test
  void isWrittenOverItself() {
    line.show("1 element");
    line.show("2 elements");
    line.hide();
    line.hide();
    assertThat(shown()).isEqualTo("\r1 element~\r2 elements~\r~");
  }

  @Test
  void makesWayForResults() {
    line.show("progress");
    results.print("{}\n");
    results.flush();
    assertThat(shown()).isEqualTo("\rprogress~\r~{}\n");
  }

  @Test
  void staysAwayFromALineThatIsNotComplete() {
    results.print("{\"user\"");
    results.flush();
    line.show("progress");
    results.print(":1}\n");
    results.flush();
    line.show("progress");
    assertThat(shown()).isEqualTo("{\"user\":1}\n\rprogress~");
  }

  @Test
  void leavesResultsAloneWhenNothingIsShown() {
    results.print("{}\n");
    assertThat(shown()).isEmpty();
    results.flush();
    assertThat(shown()).isEqualTo("{}\n");
  }
}
