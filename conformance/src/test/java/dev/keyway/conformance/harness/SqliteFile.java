package dev.keyway.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The store of a server that is stopped, past the server: for more rows than calls would make. */
public final class SqliteFile {
  private SqliteFile() {}

  /** Runs a statement on a file, by the driver that the program itself comes with. */
  public static void execute(Path file, String sql) {
    try (var classes = new URLClassLoader(new URL[] {driver().toUri().toURL()})) {
      var driver =
          (Driver) classes.loadClass("org.sqlite.JDBC").getDeclaredConstructor().newInstance();
      try (Connection connection = driver.connect("jdbc:sqlite:" + file, new Properties());
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException
        | ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new AssertionError(e);
    }
  }

  private static Path driver() throws IOException {
    Path folder = Program.root().resolve("app/target/lib");
    try (var jars = Files.newDirectoryStream(folder, "sqlite-jdbc-*.jar")) {
      for (Path jar : jars) {
        return jar;
      }
    }
    throw new AssertionError("no driver of SQLite in " + folder);
  }
}
