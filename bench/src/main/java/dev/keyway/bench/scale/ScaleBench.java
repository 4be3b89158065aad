package dev.keyway.bench.scale;

import dev.keyway.bench.Options;
import dev.keyway.bench.Options.Switch;
import dev.keyway.bench.Progress;
import dev.keyway.bench.TemporaryFolder;
import dev.keyway.bench.keyway.FilledFolder;
import dev.keyway.bench.keyway.FilledFolder.Digest;
import dev.keyway.bench.keyway.Inside;
import dev.keyway.bench.keyway.Project;
import dev.keyway.bench.keyway.Surroundings;
import dev.keyway.bench.load.Tools;
import dev.keyway.bench.load.Versions;
import dev.keyway.bench.load.Wrk;
import dev.keyway.bench.measure.Series;
import dev.keyway.bench.report.Results;
import dev.keyway.bench.server.JavaServers;
import dev.keyway.bench.server.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the program bears many keys: memory per cached key, decisions on a hit and on a miss, the
 * start, a page of the list.
 */
public final class ScaleBench {
  private static final List<Integer> USUAL = List.of(1_000, 10_000, 100_000, 1_000_000);
  private static final List<Integer> QUICK = List.of(1_000, 10_000);
  private static final int LARGEST = 10_000_000;

  /** So many keys are asked for on misses: more than a page of memory can keep. */
  private static final int SAMPLES = 100_000;

  /** More need not be weighed to know what one weighs. */
  private static final int MOST_WEIGHED = 1_000_000;

  private final Options options;
  private final Progress progress;
  private final Project project = Project.around(JavaServers.ownJar());

  private ScaleBench(Options options, Progress progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Runs the benchmark and prints its report.
   *
   * @return false if a goal was missed in every round
   * @throws dev.keyway.bench.BenchException if it could not be measured
   */
  public static boolean run(List<String> arguments, Progress progress) {
    return new ScaleBench(Options.parse(arguments), progress).run();
  }

  private boolean run() {
    Tools tools = Tools.findOrInstall(progress, "wrk");
    progress.expect(sizes().size() * options.rounds());
    var all = new ArrayList<SizeFigures>();
    // The largest first: filling it takes by far the longest, and only then a quiet machine is
    // needed.
    for (int size : sizes().reversed()) {
      try (var folder = TemporaryFolder.make()) {
        all.addFirst(measure(size, folder.path(), tools.path("wrk")));
      }
    }
    progress.end();
    Surroundings surroundings =
        Surroundings.of(project).with("wrk", Versions.of(tools.path("wrk"), "-v"));
    return new Results(project, progress)
        .publish(new ScaleReport(options, surroundings, all).report(), options);
  }

  private List<Integer> sizes() {
    if (options.has(Switch.QUICK)) {
      return QUICK;
    }
    var sizes = new ArrayList<>(USUAL);
    if (options.has(Switch.FULL)) {
      sizes.add(LARGEST);
    }
    return sizes;
  }

  private SizeFigures measure(int size, Path folder, String wrk) {
    FilledFolder filled =
        FilledFolder.fill(
            folder,
            project,
            ServerProcess.freePort(),
            size,
            Math.min(size, SAMPLES),
            Digest.NO_PEPPER,
            progress);
    var rounds = new ArrayList<SizeRound>();
    var visits = new Visits(filled, project, new Wrk(wrk, folder), options);
    for (int i = 0; i < options.rounds(); i++) {
      SizeRound round = visits.round();
      rounds.add(round);
      progress.step("%,d keys: %s".formatted(size, round.text()));
    }
    return new SizeFigures(size, weigh(filled, size), rounds);
  }

  private Series weigh(FilledFolder filled, int size) {
    int weighed = Math.min(size, MOST_WEIGHED);
    var bytes = new ArrayList<Double>();
    // A cache of its own size weighs the same each time; the largest store takes minutes to open.
    int times = size > MOST_WEIGHED ? 1 : Math.min(3, options.rounds());
    for (int i = 0; i < times; i++) {
      String line =
          new Inside(project)
              .run(
                  "Weight",
                  _ -> {},
                  List.of(
                      filled.keyway().data().toString(),
                      String.valueOf(size),
                      String.valueOf(weighed)));
      bytes.add(Double.parseDouble(line));
    }
    return Series.of(bytes);
  }
}
