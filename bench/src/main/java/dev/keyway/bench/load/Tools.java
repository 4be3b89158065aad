package dev.keyway.bench.load;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.Progress;
import dev.keyway.bench.measure.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The programs of others that a benchmark uses, installed from Debian's packages if missing. */
public final class Tools {
  private static final List<String> FOLDERS =
      List.of("/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin");

  private final Map<String, String> paths = new HashMap<>();

  private Tools() {}

  /**
   * Finds programs, each of which is in the Debian package of its name.
   *
   * @throws BenchException if one is missing and cannot be installed
   */
  public static Tools findOrInstall(Progress progress, String... names) {
    var missing = new ArrayList<String>();
    for (String name : names) {
      if (find(name) == null) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      install(missing, progress);
    }
    var tools = new Tools();
    for (String name : names) {
      tools.paths.put(name, found(name));
    }
    return tools;
  }

  /** The path of a program that was asked for. */
  public String path(String name) {
    String path = paths.get(name);
    if (path == null) {
      throw new IllegalArgumentException(name + " was not asked for");
    }
    return path;
  }

  /** The path of a program that a benchmark can do without; null when it is missing. */
  public static @Nullable String pathIfAny(String name) {
    return find(name);
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
