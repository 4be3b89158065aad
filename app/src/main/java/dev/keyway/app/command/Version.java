package dev.keyway.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as it was built. */
public final class Version implements IVersionProvider {
  /** The program's name and version. */
  public static String text() {
    return "keyway " + number();
  }

  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }

  /** The number alone. */
  public static String number() {
    var properties = new Properties();
    try (var in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
