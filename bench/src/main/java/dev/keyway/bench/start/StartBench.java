package dev.keyway.bench.start;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.keyway.bench.BenchException;
import dev.keyway.bench.Options;
import dev.keyway.bench.Progress;
import dev.keyway.bench.TemporaryFolder;
import dev.keyway.bench.keyway.Project;
import dev.keyway.bench.keyway.Surroundings;
import dev.keyway.bench.measure.Accounting;
import dev.keyway.bench.measure.Comparison;
import dev.keyway.bench.measure.Goal;
import dev.keyway.bench.measure.Series;
import dev.keyway.bench.report.Chart;
import dev.keyway.bench.report.Chart.Bar;
import dev.keyway.bench.report.Chart.Panel;
import dev.keyway.bench.report.Findings;
import dev.keyway.bench.report.Report;
import dev.keyway.bench.report.Results;
import dev.keyway.bench.report.Table;
import dev.keyway.bench.server.JavaServers;
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
  private static final Goal GOAL = Goal.atMost(1.0);
  private static final Goal GOAL_EMPTY = Goal.atMost(4.0);
  private static final String EXISTING = "keyway, existing store, cache";
  private static final String EMPTY = "keyway, empty store, cache";

  private final Project project = Project.around(JavaServers.ownJar());
  private final Accounting accounting = Accounting.ofThisMachine();
  private final Map<String, List<StartTime>> times = new LinkedHashMap<>();

  private StartBench() {}

  /**
   * Runs the benchmark and prints its report.
   *
   * @return false if a goal was missed in every round
   * @throws BenchException if it could not be measured
   */
  public static boolean run(Options options, Progress progress) {
    var bench = new StartBench();
    bench.measure(options.rounds(), progress);
    progress.end();
    return new Results(bench.project, progress).publish(bench.report(options), options);
  }

  private void measure(int rounds, Progress progress) {
    List<String> cached = List.of("-XX:AOTCache=" + cache(), "-Xlog:aot*=off", "-Xlog:cds*=off");
    HttpServer origin = origin();
    try (var folder = TemporaryFolder.make()) {
      var starts =
          new Starts(folder.path(), project.keywayJar(), origin.getAddress().getPort(), accounting);
      starts.prepare();
      progress.expect(rounds);
      for (int round = 1; round <= rounds; round++) {
        add(EXISTING, starts.onExistingStore(cached));
        add("keyway, existing store, no cache", starts.onExistingStore(List.of()));
        add(EMPTY, starts.onEmptyStore(cached));
        add("keyway, empty store, no cache", starts.onEmptyStore(List.of()));
        progress.step("round " + round + " of " + rounds);
      }
    } finally {
      origin.stop(0);
    }
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

  private Report report(Options options) {
    var findings = new Findings();
    findings.judge(
        "start to first verified request, existing store, cache",
        Comparison.of(wall(EXISTING)),
        "%.2f s",
        GOAL);
    findings.judge(
        "the same, empty store, first account and key made meanwhile",
        Comparison.of(wall(EMPTY)),
        "%.2f s",
        GOAL_EMPTY);
    findings.say("other processes used %.2f cores".formatted(others()));
    var table = new Table("start to first verified request", "wall s", "CPU s");
    times.forEach((kind, all) ->
        table.row(
            kind,
            Table.spread(wall(kind), "%.2f"),
            Table.spread(series(all, StartTime::cpu), "%.2f")));
    Surroundings surroundings = Surroundings.of(project);
    ObjectNode figures = new ObjectMapper().createObjectNode();
    figures.set("findings", findings.json());
    return new Report(
        "start",
        "Start to first verified request",
        findings.sentences(),
        List.of(table),
        surroundings.entries(),
        "method: %d rounds, interleaved; medians (lowest-highest)".formatted(options.rounds()),
        new Chart(
            "Start to first verified request",
            "median and range of %d rounds; %s".formatted(options.rounds(), surroundings.brief()),
            List.of(
                new Panel(
                    "seconds of wall time",
                    "%.2f",
                    times.keySet().stream().map(kind -> Bar.of(kind, wall(kind))).toList()))),
        figures,
        findings.missed());
  }

  private Series wall(String kind) {
    return series(times.getOrDefault(kind, List.of()), StartTime::wall);
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
}
