package dev.keyway.bench.peers;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.Progress;
import dev.keyway.bench.keyway.Project;
import dev.keyway.bench.load.Tools;
import dev.keyway.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/**
 * better-auth's API-key plugin on Node, installed from npm into a folder of the benchmark's own.
 */
final class BetterAuth {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", ".npmrc", "server.mjs");

  private final Path folder;
  private final String node;

  private BetterAuth(Path folder, String node) {
    this.folder = folder;
    this.node = node;
  }

  /**
   * Installs what the lock file names, unless it is there already.
   *
   * @throws BenchException with npm's last words if that fails
   */
  static BetterAuth install(Project project, Progress progress) {
    Path from = project.root().resolve("bench/peers/better-auth");
    Path folder = project.root().resolve("bench/target/better-auth");
    try {
      Files.createDirectories(folder);
      boolean fresh = isInstalled(from, folder);
      for (String file : FILES) {
        Files.copy(from.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      if (!fresh) {
        progress.say("installing better-auth from npm; SQLite's module may take three minutes");
        npm(folder);
      }
    } catch (IOException e) {
      throw new BenchException("cannot set better-auth up: " + e.getMessage(), e);
    }
    return new BetterAuth(folder, program("node"));
  }

  private static boolean isInstalled(Path from, Path folder) throws IOException {
    Path lock = folder.resolve("package-lock.json");
    return Files.isRegularFile(lock)
        && Files.mismatch(from.resolve("package-lock.json"), lock) < 0
        && Files.isRegularFile(
            folder.resolve("node_modules/better-sqlite3/build/Release/better_sqlite3.node"));
  }

  private static void npm(Path folder) throws IOException {
    Path log = folder.resolve("npm.log");
    Process npm =
        new ProcessBuilder(program("npm"), "ci", "--legacy-peer-deps")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (npm.waitFor() != 0) {
        throw new BenchException("npm ci failed:\n" + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  private static String program(String name) {
    return Objects.requireNonNullElse(Tools.pathIfAny(name), name);
  }

  String node() {
    return node;
  }

  /** Starts it on an empty database and waits until it has made its keys and listens. */
  ServerProcess start(Path data, int port, Path keys, int count) {
    var server =
        ServerProcess.start(
            "better-auth",
            List.of(
                node,
                folder.resolve("server.mjs").toString(),
                String.valueOf(port),
                data.resolve("better-auth-" + port + ".db").toString(),
                keys.toString(),
                String.valueOf(count)),
            data.resolve("better-auth.log"));
    server.awaitPort(port);
    return server;
  }
}
