package dev.keyway.bench.scale;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.Options;
import dev.keyway.bench.keyway.FilledFolder;
import dev.keyway.bench.keyway.KeywayFolder;
import dev.keyway.bench.keyway.ManagementApi;
import dev.keyway.bench.keyway.Project;
import dev.keyway.bench.load.Load;
import dev.keyway.bench.load.LoadResult;
import dev.keyway.bench.load.Wrk;
import dev.keyway.bench.measure.Series;
import dev.keyway.bench.server.Certificate;
import dev.keyway.bench.server.JavaServers;
import dev.keyway.bench.server.RawAnswer;
import dev.keyway.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Starts the program on a filled store, once to hit its memory and once to miss it. */
final class Visits {
  /** Memory for one key: whoever asks for another one each time always misses. */
  private static final String ONE_KEY = "cache: {max-keys: 1}\n";

  private static final int PAGES = 40;
  private static final int IN_ROTATION = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

  private final FilledFolder filled;
  private final Project project;
  private final Wrk wrk;
  private final Options options;
  private final Path some;

  Visits(FilledFolder filled, Project project, Wrk wrk, Options options) {
    this.filled = filled;
    this.project = project;
    this.wrk = wrk;
    this.options = options;
    this.some = some(filled.validKeys());
  }

  private static Path some(Path all) {
    try (var lines = Files.lines(all)) {
      return Files.write(all.resolveSibling("some.keys"), lines.limit(IN_ROTATION).toList());
    } catch (IOException e) {
      throw new BenchException("cannot write keys: " + e.getMessage(), e);
    }
  }

  SizeRound round() {
    filled.keyway().configure(filled.settings());
    double start;
    Series pages;
    double first;
    LoadResult hit;
    long began = System.nanoTime();
    try (var server = start()) {
      awaitFirst(server);
      start = (System.nanoTime() - began) / 1e9;
      allowed(load(some, options.warmUp(), 0));
      hit = allowed(load(some, options.pacedRound(), options.pacedRate()));
      try (ManagementApi api = filled.keyway().managementApi()) {
        first = firstPages(api).median();
        pages = laterPages(api);
      }
    }
    filled.keyway().configure(filled.settings() + ONE_KEY);
    try (var server = start()) {
      awaitFirst(server);
      load(filled.validKeys(), options.warmUp(), 0);
      LoadResult saturated = load(filled.validKeys(), options.round(), 0);
      LoadResult miss = load(filled.validKeys(), options.pacedRound(), options.pacedRate() / 5);
      return new SizeRound(start, first, pages.median(), hit, miss, saturated);
    }
  }

  private ServerProcess start() {
    Path cache = project.keywayJar().resolveSibling("keyway.aot");
    if (!Files.isRegularFile(cache)) {
      throw new BenchException("no cache is trained; ./keyway bench builds it after a change");
    }
    var options = List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off");
    return filled.keyway().launch(new JavaServers(filled.folder()), project.keywayJar(), options);
  }

  private void awaitFirst(ServerProcess server) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String key = firstKey();
    while (!isAllowed(key)) {
      server.requireRunning();
      if (System.nanoTime() > deadline) {
        throw new BenchException("the program has not answered within " + PATIENCE);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private String firstKey() {
    try (var lines = Files.lines(some)) {
      return lines.findFirst().orElseThrow();
    } catch (IOException e) {
      throw new BenchException("cannot read keys: " + e.getMessage(), e);
    }
  }

  private boolean isAllowed(String key) {
    if (!filled.keyway().isListening()) {
      return false;
    }
    int status =
        RawAnswer.to(
                filled.keyway().forwardAuth(),
                KeywayFolder.forwardAuthForm(),
                key,
                Certificate.none())
            .status();
    if (status != 200 && status < 500) {
      throw new BenchException("the first request was answered " + status);
    }
    return status == 200;
  }

  private LoadResult load(Path keys, Duration length, int rate) {
    return wrk.run(
        new Load(
            filled.keyway().forwardAuth(),
            KeywayFolder.forwardAuthForm(),
            keys,
            options.connections(),
            length,
            rate));
  }

  /** On a hit nobody is turned away; on a miss somebody may be, where the store is slow. */
  private static LoadResult allowed(LoadResult result) {
    if (result.refused() > 0) {
      throw new BenchException(result.refused() + " valid keys were refused");
    }
    return result;
  }

  private static Series firstPages(ManagementApi api) {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < PAGES; i++) {
      long begin = System.nanoTime();
      api.listKeys(KeywayFolder.PRODUCT, null);
      millis.add((System.nanoTime() - begin) / 1e6);
    }
    return Series.of(millis);
  }

  private static Series laterPages(ManagementApi api) {
    var millis = new ArrayList<Double>();
    @Nullable String cursor = null;
    for (int i = 0; i < PAGES; i++) {
      long begin = System.nanoTime();
      cursor = api.listKeys(KeywayFolder.PRODUCT, cursor);
      millis.add((System.nanoTime() - begin) / 1e6);
    }
    return Series.of(millis);
  }
}
