package dev.keyway.store.postgres;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL's and PgBouncer's programs on this machine, none of which runs as root. */
final class Programs {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String USER = "postgres";

  private Programs() {}

  /**
   * Where a program is.
   *
   * @throws IllegalStateException when it is nowhere: these tests are not skipped
   */
  static String find(String name) {
    List<Path> folders = new ArrayList<>();
    for (String folder :
        (System.getenv("PATH") + File.pathSeparator + "/usr/sbin").split(":", -1)) {
      folders.add(Path.of(folder));
    }
    folders.addAll(versions());
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                name + " is missing (Debian: apt-get install postgresql pgbouncer)"))
        .toString();
  }

  /** The command as a user that may run a server. */
  static List<String> command(String name, String... arguments) {
    var command = new ArrayList<String>();
    if (isRoot()) {
      // It becomes the program itself, so that a signal for one is a signal for the other.
      command.addAll(
          List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups", "--"));
    }
    command.add(find(name));
    command.addAll(List.of(arguments));
    return command;
  }

  /** A new folder that the programs may write to. */
  static Path folder(String prefix) {
    try {
      Path folder = Files.createTempDirectory(prefix);
      if (isRoot()) {
        run(List.of("chown", USER, folder.toString()));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end, which must be a good one. */
  static void run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).directory(new File("/")).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<Path> versions() {
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions.map(version -> version.resolve("bin")).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
