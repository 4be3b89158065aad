package dev.keyway.app.command;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as it was built. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    var properties = new Properties();
    try (var in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    }
    return new String[] {"keyway " + properties.getProperty("version")};
  }
}
