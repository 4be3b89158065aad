package dev.keyway.bench.load;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.Progress;
import dev.keyway.bench.measure.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The programs of others that a benchmark uses, installed from Debian's packages if missing. */
public record Tools(String wrk, String nginx) {
  private static final List<String> FOLDERS =
      List.of("/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin");

  /**
   * Finds wrk and nginx.
   *
   * @throws BenchException if one is missing and cannot be installed
   */
  public static Tools findOrInstall(Progress progress) {
    var missing = new ArrayList<String>();
    for (String name : List.of("wrk", "nginx")) {
      if (find(name) == null) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      install(missing, progress);
    }
    return new Tools(found("wrk"), found("nginx"));
  }

  private static void install(List<String> packages, Progress progress) {
    String names = String.join(" ", packages);
    if (!System.getProperty("user.name").equals("root") || find("apt-get") == null) {
      throw new BenchException(
          "%s missing: install it (Debian: apt-get install %s)".formatted(names, names));
    }
    progress.say(
        "installing "
            + names
            + " from Debian's packages; should a package start a server of its own, it is not used");
    String output =
        Shell.output(
            List.of(
                "sh",
                "-c",
                "apt-get update && DEBIAN_FRONTEND=noninteractive "
                    + "apt-get install -y --no-install-recommends "
                    + names));
    for (String name : packages) {
      if (find(name) == null) {
        throw new BenchException("apt-get could not install " + name + ":\n" + output);
      }
    }
  }

  private static String found(String name) {
    String path = find(name);
    if (path == null) {
      throw new BenchException(name + " is missing");
    }
    return path;
  }

  /** Servers such as nginx are in folders that only root's PATH names. */
  private static @Nullable String find(String name) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(null);
  }
}
