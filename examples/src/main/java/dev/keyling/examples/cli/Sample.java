package dev.keyling.examples.cli;

import dev.keyling.connector.Line;
import dev.keyling.connector.Source;
import dev.keyling.connector.Sources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The small input that comes with each example. */
final class Sample {
  private Sample() {}

  /** Returns the sample of an example, always the same, so that positions keep their meaning. */
  static Source<Line> of(Example<?, ?> example) {
    return Sources.collection(lines(example.name() + ".txt"));
  }

  private static List<Line> lines(String file) {
    List<Line> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      for (@Nullable String text; (text = reader.readLine()) != null; ) {
        lines.add(new Line("sample " + file, lines.size() + 1, text));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static InputStream open(String file) throws IOException {
    InputStream stream = Sample.class.getResourceAsStream("/dev/keyling/examples/samples/" + file);
    if (stream == null) {
      throw new IOException("the sample " + file + " is missing in the jar of the examples");
    }
    return stream;
  }
}
