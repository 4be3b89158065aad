package dev.keyway.bench.inprocess;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.bench.BenchException;
import dev.keyway.bench.Options;
import dev.keyway.bench.Options.Switch;
import dev.keyway.bench.Progress;
import dev.keyway.bench.TemporaryFolder;
import dev.keyway.bench.keyway.FilledFolder;
import dev.keyway.bench.keyway.FilledFolder.Digest;
import dev.keyway.bench.keyway.Inside;
import dev.keyway.bench.keyway.Project;
import dev.keyway.bench.keyway.Surroundings;
import dev.keyway.bench.measure.Comparison;
import dev.keyway.bench.measure.Goal;
import dev.keyway.bench.report.Chart;
import dev.keyway.bench.report.Chart.Bar;
import dev.keyway.bench.report.Chart.Panel;
import dev.keyway.bench.report.Findings;
import dev.keyway.bench.report.Report;
import dev.keyway.bench.report.Results;
import dev.keyway.bench.report.Table;
import dev.keyway.bench.server.JavaServers;
import dev.keyway.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;

/**
 * A decision without a network, by JMH: its time and what it allocates, without and with a pepper,
 * for valid, revoked and unknown keys.
 */
public final class InprocessBench {
  private static final Goal NO_PEPPER = Goal.atMost(400);
  private static final Goal PEPPER = Goal.atMost(800);

  /** What a lease that others wait for may cost, against one that a single node always holds. */
  private static final Goal LEASE = Goal.atMost(1.05);

  private final Options options;
  private final Progress progress;
  private final Project project = Project.around(JavaServers.ownJar());

  private InprocessBench(Options options, Progress progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Runs the benchmark and prints its report.
   *
   * @return false if a goal was missed in every fork
   * @throws BenchException if it could not be measured
   */
  public static boolean run(List<String> arguments, Progress progress) {
    return new InprocessBench(Options.parse(arguments), progress).run();
  }

  private boolean run() {
    try (var folder = TemporaryFolder.make()) {
      fill(folder.path().resolve("none"), Digest.NO_PEPPER);
      fill(folder.path().resolve("pepper"), Digest.PEPPER);
      Path json = folder.path().resolve("jmh.json");
      List<String> arguments = arguments(json);
      new Inside(project)
          .jmh(List.of("-Dkeyway.bench.folder=" + folder.path()), this::tell, arguments);
      progress.end();
      Report report = report(new ObjectMapper().readTree(json.toFile()), arguments);
      return new Results(project, progress).publish(report, options);
    } catch (IOException e) {
      throw new BenchException("cannot read JMH's results: " + e.getMessage(), e);
    }
  }

  private void fill(Path folder, Digest digest) throws IOException {
    Files.createDirectories(folder);
    int keys = options.keys();
    FilledFolder.fill(folder, project, ServerProcess.freePort(), keys, keys, digest, progress);
  }

  /** A fork is a round: a fresh process, compiled anew. */
  private List<String> arguments(Path json) {
    boolean quick = options.has(Switch.QUICK);
    return List.of(
        "VerifierBenchmark",
        // A benchmark that fails is no benchmark without results.
        "-foe",
        "true",
        "-f",
        String.valueOf(options.rounds()),
        "-wi",
        quick ? "2" : "5",
        "-i",
        quick ? "2" : "5",
        "-w",
        "1s",
        "-r",
        "1s",
        "-prof",
        "gc",
        "-rf",
        "json",
        "-rff",
        json.toString());
  }

  private void tell(String line) {
    if (line.startsWith("# Run progress") || line.startsWith("# Parameters")) {
      progress.say(line.substring(2));
    }
  }

  private Report report(JsonNode results, List<String> arguments) {
    var findings = new Findings();
    var table = new Table("verifyIfCached", "ns/decision", "bytes allocated/decision");
    var bars = new ArrayList<Bar>();
    var alone = new HashMap<String, Measured>();
    for (JsonNode result : results) {
      var measured = Measured.of(result);
      if (measured.keys().equals("valid")) {
        boolean peppered = measured.digest().equals("pepper");
        findings.judge(
            measured.name(),
            Comparison.of(measured.nanos()),
            "%.0f ns",
            peppered ? PEPPER : NO_PEPPER);
        alone.put(measured.digest(), measured);
      }
      if (measured.isInCluster()) {
        findings.judge(
            measured.name() + " / by itself",
            Comparison.of(
                measured.nanos(), Objects.requireNonNull(alone.get(measured.digest())).nanos()),
            "%.2f",
            LEASE);
      }
      table.row(
          measured.name(),
          Table.spread(measured.nanos(), "%.0f"),
          Table.spread(measured.bytes(), "%.0f"));
      bars.add(Bar.of("keyway, " + measured.name(), measured.nanos()));
    }
    Surroundings surroundings = Surroundings.of(project).with("jmh", "1.37");
    ObjectNode figures = new ObjectMapper().createObjectNode();
    figures.set("findings", findings.json());
    figures.set("jmh", results);
    return new Report(
        "inprocess",
        "A decision within the process",
        findings.sentences(),
        List.of(table),
        surroundings.entries(),
        ("method: `Verifier.verifyIfCached` from the text of a key: form, digest, look-up, lease, one limit, usage"
                + " recorded; %,d keys in memory, 2,000 in rotation (50,000 unknown ones); one thread; %d forks;"
                + " medians (lowest-highest) of the forks' averages; JMH %s")
            .formatted(
                options.keys(),
                options.rounds(),
                String.join(" ", arguments.subList(1, arguments.size() - 4))),
        new Chart(
            "A decision within the process",
            "median and range of %d forks; %s".formatted(options.rounds(), surroundings.brief()),
            List.of(new Panel("nanoseconds", "%.0f", bars))),
        figures,
        findings.missed());
  }
}
