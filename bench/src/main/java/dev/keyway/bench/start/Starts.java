package dev.keyway.bench.start;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.keyway.KeywayFolder;
import dev.keyway.bench.keyway.ManagementApi;
import dev.keyway.bench.measure.Accounting;
import dev.keyway.bench.measure.Snapshot;
import dev.keyway.bench.server.JavaServers;
import dev.keyway.bench.server.ServerProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Starts the program, once on a store that exists and once on an empty one. */
final class Starts {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

  private final Path folder;
  private final Path jar;
  private final int originPort;
  private final Accounting accounting;
  private final JavaServers servers;
  private final KeywayFolder existing;
  private String secret = "";
  private int number;

  Starts(Path folder, Path jar, int originPort, Accounting accounting) {
    this.folder = folder;
    this.jar = jar;
    this.originPort = originPort;
    this.accounting = accounting;
    this.servers = new JavaServers(folder);
    this.existing = new KeywayFolder(folder.resolve("existing"), originPort);
  }

  /** Makes the store that exists afterwards, with a key. */
  void prepare() {
    try (ServerProcess server = existing.launch(servers, jar, List.of())) {
      await(server, existing::isListening);
      secret = firstKey(existing);
    }
  }

  StartTime onExistingStore(List<String> options) {
    return measure(existing, options, () -> secret);
  }

  StartTime onEmptyStore(List<String> options) {
    number++;
    var empty = new KeywayFolder(folder.resolve("empty-" + number), originPort);
    return measure(empty, options, () -> firstKey(empty));
  }

  private StartTime measure(KeywayFolder keyway, List<String> options, KeySource key) {
    Snapshot before = accounting.snapshot();
    try (ServerProcess server = keyway.launch(servers, jar, options)) {
      await(server, keyway::isListening);
      String presented = key.get();
      await(server, () -> isAccepted(keyway.target(), presented));
      Snapshot after = accounting.snapshot();
      double wall = seconds(after.elapsed(before));
      double cpu = seconds(after.usedSinceItsStart(server.pid()));
      double own = seconds(after.usedBy(ProcessHandle.current().pid(), before));
      // The server is a child of this process.
      return new StartTime(wall, cpu, (seconds(after.usedByAll(before)) - own) / wall);
    }
  }

  private static String firstKey(KeywayFolder keyway) {
    try (ManagementApi api = keyway.managementApi()) {
      String account = api.createAccount(KeywayFolder.PRODUCT, 1);
      return api.createSecret(KeywayFolder.PRODUCT, account);
    }
  }

  private static boolean isAccepted(URI target, String key) {
    try {
      var connection = (HttpURLConnection) target.toURL().openConnection();
      connection.setRequestProperty("Authorization", "Bearer " + key);
      int status = connection.getResponseCode();
      if (status != 200 && status < 500) {
        throw new BenchException("the first request was answered " + status);
      }
      return status == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private static void await(ServerProcess server, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      server.requireRunning();
      if (System.nanoTime() > deadline) {
        throw new BenchException("the program has not answered within " + PATIENCE);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** Where the key of the first request comes from. */
  private interface KeySource {
    String get();
  }
}
