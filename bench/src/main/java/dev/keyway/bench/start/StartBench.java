package dev.keyway.bench.start;

import com.sun.net.httpserver.HttpServer;
import dev.keyway.bench.BenchException;
import dev.keyway.bench.Progress;
import dev.keyway.bench.TemporaryFolder;
import dev.keyway.bench.measure.Accounting;
import dev.keyway.bench.measure.Machine;
import dev.keyway.bench.measure.Series;
import dev.keyway.bench.server.JavaServers;
import dev.keyway.bench.verify.Project;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How long the program takes from its start to the first verified request, with and without the
 * cache that a build trains.
 */
public final class StartBench {
  private static final int USUAL_ROUNDS = 7;
  private static final double GOAL_SECONDS = 1.0;
  private static final double GOAL_SECONDS_EMPTY = 4.0;

  private final Project project = Project.around(JavaServers.ownJar());
  private final Accounting accounting = Accounting.ofThisMachine();
  private final Map<String, List<StartTime>> times = new LinkedHashMap<>();

  private StartBench() {}

  /**
   * Runs the benchmark and prints its report.
   *
   * @return false if a goal was missed
   * @throws BenchException if it could not be measured
   */
  public static boolean run(List<String> options, Progress progress) {
    return new StartBench().measure(rounds(options), progress);
  }

  private static int rounds(List<String> options) {
    if (options.isEmpty()) {
      return USUAL_ROUNDS;
    }
    if (options.size() == 2
        && options.getFirst().equals("--rounds")
        && options.getLast().matches("[1-9][0-9]?")) {
      return Integer.parseInt(options.getLast());
    }
    throw new BenchException("usage: ./keyway bench start [--rounds N]");
  }

  private boolean measure(int rounds, Progress progress) {
    List<String> cached = List.of("-XX:AOTCache=" + cache(), "-Xlog:aot*=off", "-Xlog:cds*=off");
    HttpServer origin = origin();
    try (var folder = TemporaryFolder.make()) {
      var starts =
          new Starts(folder.path(), project.keywayJar(), origin.getAddress().getPort(), accounting);
      starts.prepare();
      for (int round = 1; round <= rounds; round++) {
        progress.say("round " + round + " of " + rounds);
        add("existing store, cache", starts.onExistingStore(cached));
        add("existing store, no cache", starts.onExistingStore(List.of()));
        add("empty store, cache", starts.onEmptyStore(cached));
        add("empty store, no cache", starts.onEmptyStore(List.of()));
      }
    } finally {
      origin.stop(0);
    }
    return report(rounds);
  }

  private Path cache() {
    Path cache = project.keywayJar().resolveSibling("keyway.aot");
    if (!Files.isRegularFile(cache)) {
      throw new BenchException(
          "no cache is trained; ./keyway bench start builds it after a change");
    }
    return cache;
  }

  /** The upstream; its own time is part of what is measured and next to nothing. */
  private static HttpServer origin() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new BenchException("cannot start an upstream: " + e.getMessage(), e);
    }
  }

  private void add(String kind, StartTime time) {
    times.computeIfAbsent(kind, _ -> new ArrayList<>()).add(time);
  }

  private boolean report(int rounds) {
    System.out.printf("| start to first verified request | wall s | CPU s |%n|---|---:|---:|%n");
    times.forEach((kind, all) ->
        System.out.printf(
            "| %s | %s | %s |%n",
            kind, text(series(all, StartTime::wall)), text(series(all, StartTime::cpu))));
    System.out.printf(
        "%n- %d rounds, interleaved; medians (lowest-highest)%n- other processes used %.2f cores%n"
            + "- machine: %s%n- keyway: %s%n",
        rounds, others(), Machine.ofThisOne().text(), project.commit());
    return median("existing store, cache") <= GOAL_SECONDS
        && median("empty store, cache") <= GOAL_SECONDS_EMPTY;
  }

  private double median(String kind) {
    return series(times.getOrDefault(kind, List.of()), StartTime::wall).median();
  }

  private double others() {
    return times.values().stream()
        .flatMap(List::stream)
        .mapToDouble(StartTime::others)
        .average()
        .orElse(0);
  }

  private static Series series(List<StartTime> all, ToDoubleFunction<StartTime> part) {
    return Series.of(all.stream().mapToDouble(part).boxed().toList());
  }

  private static String text(Series series) {
    return "%.2f (%.2f-%.2f)".formatted(series.median(), series.min(), series.max());
  }
}
