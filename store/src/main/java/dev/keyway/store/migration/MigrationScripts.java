package dev.keyway.store.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** The migrations that this program comes with, as Flyway would find and sum them. */
final class MigrationScripts {
  static final String FOLDER = "dev/keyway/store/migrations/";

  /** One that is always there; the others stand around it. */
  private static final String FIRST = FOLDER + "common/V1__tables.sql";

  private static final Pattern SCRIPT =
      Pattern.compile(FOLDER + "(?<folder>[a-z]+)/V(?<version>[0-9]+)__[^/]+\\.sql");

  private MigrationScripts() {}

  /**
   * Their checksums by version, of those that are for a database.
   *
   * @throws IOException when the program's own files cannot be read
   */
  static Map<String, Integer> checksums(Dialect dialect) throws IOException {
    URL first = MigrationScripts.class.getClassLoader().getResource(FIRST);
    if (first == null) {
      throw new IOException("the program's own jar lacks " + FIRST);
    }
    var checksums = new TreeMap<String, Integer>();
    for (String name : names(first)) {
      Matcher script = SCRIPT.matcher(name);
      if (script.matches() && Set.of("common", dialect.folder()).contains(script.group("folder"))) {
        checksums.put(script.group("version"), checksum(name));
      }
    }
    return checksums;
  }

  private static List<String> names(URL first) throws IOException {
    if (first.openConnection() instanceof JarURLConnection inJar) {
      return inJar.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(FOLDER))
          .toList();
    }
    Path root = root(first.toString());
    try (var files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> FOLDER + root.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }

  private static Path root(String first) throws IOException {
    try {
      return Path.of(new URI(first)).resolveSibling("..").normalize();
    } catch (URISyntaxException e) {
      throw new IOException("a resource without an address", e);
    }
  }

  /** CRC-32 over the lines without their ends, so that no checkout of line ends changes it. */
  private static int checksum(String name) throws IOException {
    InputStream script = MigrationScripts.class.getClassLoader().getResourceAsStream(name);
    if (script == null) {
      throw new IOException("the program's own jar lacks " + name);
    }
    var sum = new CRC32();
    try (var lines = new BufferedReader(new InputStreamReader(script, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        sum.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return (int) sum.getValue();
  }
}
