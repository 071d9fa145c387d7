package dev.keyling.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrintAndCollectTest {

  @Test
  void printsEachElementOnALineAndFlushes() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(new java.io.BufferedOutputStream(bytes), false, UTF_8);
    SinkWriter<Object> writer = Sinks.print(out).open("0");
    writer.write(1);
    writer.write("zwölf");
    writer.flush();
    assertThat(bytes.toString(UTF_8).lines()).containsExactly("1", "zwölf");
    writer.close();
    assertThat(out.checkError()).isFalse();
  }

  @Test
  void printsToWhatStandardOutputIsWhenTheJobStarts() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    AtLeastOnceSink<String> sink = Sinks.print();
    try {
      System.setOut(new PrintStream(bytes, false, UTF_8));
      SinkWriter<String> writer = sink.open("0");
      writer.write("hello");
      writer.flush();
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(UTF_8).lines()).containsExactly("hello");
  }

  @Test
  void failsWhenNobodyTakesTheOutputAnyMore() throws Exception {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    SinkWriter<String> writer =
        Sinks.<String>print(new PrintStream(closed, false, UTF_8)).open("0");
    writer.write("hello");
    assertThatThrownBy(writer::flush)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("printed lines are lost");
  }

  @Test
  void collectsUnderTheMonitorOfTheCollection() throws Exception {
    List<Boolean> held = new ArrayList<>();
    List<Object> into =
        new ArrayList<>() {
          private static final long serialVersionUID = 1;

          @Override
          public boolean add(Object element) {
            held.add(Thread.holdsLock(this));
            return super.add(element);
          }
        };
    SinkWriter<String> writer = Sinks.<String>collect(into).open("0");
    writer.write("a");
    writer.write("b");
    writer.close();
    assertThat(into).containsExactly("a", "b");
    assertThat(held).containsExactly(true, true);
  }

  @Test
  void anIdempotentWriterTakesNoElementWithoutItsId() {
    IdempotentWriter<String> writer =
        new IdempotentWriter<>() {
          @Override
          public void write(String outputId, String element) {}

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> writer.write("a")).isInstanceOf(UnsupportedOperationException.class);
  }
}
