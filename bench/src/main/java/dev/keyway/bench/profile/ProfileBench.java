package dev.keyway.bench.profile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.bench.Options;
import dev.keyway.bench.Progress;
import dev.keyway.bench.contest.Place;
import dev.keyway.bench.keyway.Inside;
import dev.keyway.bench.keyway.KeywayFolder;
import dev.keyway.bench.keyway.Stage;
import dev.keyway.bench.keyway.Surroundings;
import dev.keyway.bench.load.Load;
import dev.keyway.bench.load.LoadResult;
import dev.keyway.bench.load.RequestForm;
import dev.keyway.bench.load.Tools;
import dev.keyway.bench.measure.Series;
import dev.keyway.bench.report.Chart;
import dev.keyway.bench.report.Chart.Bar;
import dev.keyway.bench.report.Chart.Panel;
import dev.keyway.bench.report.Findings;
import dev.keyway.bench.report.Report;
import dev.keyway.bench.report.Results;
import dev.keyway.bench.report.Table;
import dev.keyway.bench.server.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the CPU time, the memory and the waiting of the hot path go: the program under load, seen
 * by Java Flight Recorder and by async-profiler, one after the other.
 */
public final class ProfileBench {
  private static final int TOP = 15;
  private static final Duration LEAST = Duration.ofSeconds(5);

  private final Stage stage;
  private final Options options;
  private final Progress progress;
  private final Agents agents;

  /** What one path showed. */
  private record Seen(long requests, Recording flight, Stacks cpu, Stacks allocations) {}

  private ProfileBench(Stage stage, Options options, Progress progress) {
    this.stage = stage;
    this.options = options;
    this.progress = progress;
    this.agents =
        new Agents(new Inside(stage.project()).library("async-profiler-"), stage.folder());
  }

  /**
   * Profiles and prints its report.
   *
   * @return true; it has no goal
   * @throws dev.keyway.bench.BenchException if it could not be done
   */
  public static boolean run(List<String> arguments, Progress progress) {
    Options options = Options.parse(arguments);
    Tools tools = Tools.findOrInstall(progress, "wrk", "nginx");
    try (var stage = Stage.set(options, progress, tools)) {
      var bench = new ProfileBench(stage, options, progress);
      Report report = bench.report(bench.profile());
      progress.end();
      return new Results(stage.project(), progress).publish(report, options);
    }
  }

  private Map<String, Seen> profile() {
    var seen = new LinkedHashMap<String, Seen>();
    try (ServerProcess keyway = stage.startKeyway()) {
      Map<String, Place> places = places(keyway.pid());
      progress.expect(places.size() * 3);
      places.values().forEach(place -> load(place, place.warmUpKeys(), options.warmUp()));
      places.forEach((name, place) -> seen.put(name, profile(name, place)));
    }
    return seen;
  }

  private Map<String, Place> places(long pid) {
    var files = stage.files();
    var keyway = stage.keyway();
    var form = KeywayFolder.forwardAuthForm();
    var places = new LinkedHashMap<String, Place>();
    places.put(
        "gateway, 200",
        Place.of(pid, keyway.target(), RequestForm.bearer(), files.someValid(), files.allValid()));
    places.put(
        "gateway, 401",
        Place.of(pid, keyway.target(), RequestForm.bearer(), files.revoked(), files.revoked()));
    places.put(
        "forward-auth, 200",
        Place.of(pid, keyway.forwardAuth(), form, files.someValid(), files.allValid()));
    places.put(
        "forward-auth, 401",
        Place.of(pid, keyway.forwardAuth(), form, files.revoked(), files.revoked()));
    return places;
  }

  private Seen profile(String name, Place place) {
    Duration length = options.round().multipliedBy(2);
    if (length.compareTo(LEAST) < 0) {
      length = LEAST;
    }
    long pid = place.pid();
    agents.startFlightRecorder(pid);
    LoadResult load = load(place, place.keys(), length);
    Recording flight = Recording.read(agents.stopFlightRecorder(pid));
    progress.step(name + ", Flight Recorder: " + flight.waits() + " waits");
    agents.startAsync(pid, "ctimer", "1ms");
    load(place, place.keys(), length);
    Stacks cpu = Stacks.read(agents.stopAsync(pid));
    progress.step(name + ", async-profiler, CPU");
    agents.startAsync(pid, "alloc", "64k");
    LoadResult allocating = load(place, place.keys(), length);
    Stacks allocations = Stacks.read(agents.stopAsync(pid));
    progress.step(name + ", async-profiler, allocation");
    return new Seen(load.requests(), flight, cpu, allocations.per(allocating.requests()));
  }

  private LoadResult load(Place place, Path keys, Duration length) {
    return stage
        .wrk()
        .run(new Load(place.target(), place.form(), keys, options.connections(), length, 0));
  }

  private Report report(Map<String, Seen> all) {
    var findings = new Findings();
    var tables = new ArrayList<Table>();
    var bars = new ArrayList<Bar>();
    all.forEach((name, seen) -> {
      double bytes = seen.allocations.total();
      findings.say(
          "%s: about %,.0f bytes allocated per request; the event loops waited %d times for a lock"
                  .formatted(name, bytes, seen.flight.waits())
              + " (%.2f ms in all) in %,d requests"
                  .formatted(seen.flight.waitedMillis(), seen.requests));
      bars.add(Bar.of("keyway " + name, new Series(bytes)));
      tables.add(shares(name + ": frames on the CPU", "% of samples", seen.cpu.top(TOP)));
      tables.add(bytes(name, seen));
      if (seen.flight.waits() > 0) {
        tables.add(waits(name, seen.flight));
      }
    });
    Surroundings surroundings =
        stage.surroundings().with("async-profiler", "4.0, events ctimer (1 ms) and alloc (64 KiB)");
    ObjectNode figures = new ObjectMapper().createObjectNode();
    all.forEach((name, seen) -> put(figures.putObject(name), seen));
    return new Report(
        "profile",
        "Where the hot path spends",
        findings.sentences(),
        tables,
        surroundings.entries(),
        "method: each path under load at saturation, warm; Flight Recorder (its profile settings, every wait from"
            + " 0 ms on) and async-profiler one after the other; shares are of the samples of event-loop threads",
        new Chart(
            "Bytes allocated per request",
            surroundings.brief(),
            List.of(new Panel("bytes, sampled", "%,.0f", bars))),
        figures,
        0);
  }

  private static Table shares(String title, String unit, List<Stacks.Share> shares) {
    var table = new Table(title, unit);
    shares.forEach(share -> table.row(share.name(), "%.1f".formatted(share.percent())));
    return table;
  }

  private static Table bytes(String name, Seen seen) {
    var table = new Table(name + ": allocated", "bytes/request", "%");
    for (Stacks.Share share : seen.allocations.top(TOP)) {
      table.row(share.name(), "%,.1f".formatted(share.weight()), "%.1f".formatted(share.percent()));
    }
    return table;
  }

  private static Table waits(String name, Recording flight) {
    var table = new Table(name + ": locks waited for", "times", "ms in all");
    flight
        .locks()
        .forEach((lock, wait) ->
            table.row(lock, String.valueOf(wait.times()), "%.2f".formatted(wait.nanos() / 1e6)));
    return table;
  }

  private static void put(ObjectNode json, Seen seen) {
    json.put("requests", seen.requests);
    json.put("allocated_bytes_per_request", seen.allocations.total());
    json.put("lock_waits", seen.flight.waits());
    ObjectNode frames = json.putObject("cpu_percent");
    seen.cpu.top(TOP * 2).forEach(share -> frames.put(share.name(), share.percent()));
    ObjectNode classes = json.putObject("allocated_bytes");
    seen.allocations.top(TOP * 2).forEach(share -> classes.put(share.name(), share.weight()));
    ObjectNode executing = json.putObject("flight_recorder_samples");
    seen.flight.topFrames(TOP * 2).forEach(executing::put);
  }
}
