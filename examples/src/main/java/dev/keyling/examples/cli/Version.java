package dev.keyling.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build has written into the jar. */
public final class Version implements IVersionProvider {
  private static final String BUILT = "/META-INF/maven/dev.keyling/keyling-examples/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "keyling " + built(), "Java " + Runtime.version() + " " + System.getProperty("java.vendor")
    };
  }

  private static String built() throws IOException {
    try (InputStream stream = Version.class.getResourceAsStream(BUILT)) {
      Properties properties = new Properties();
      if (stream != null) {
        properties.load(stream);
      }
      return properties.getProperty("version", "(not packaged)");
    }
  }
}
