package dev.keyway.bench.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.bench.BenchException;
import dev.keyway.bench.Progress;
import dev.keyway.bench.measure.Comparison;
import dev.keyway.bench.verify.VerifyOptions.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Keeps a report as Markdown and JSON, and on request in the README. */
final class Results {
  static final String BEGIN = "<!-- verify: begin -->";
  static final String END = "<!-- verify: end -->";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'verify-'yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Project project;

  Results(Project project) {
    this.project = project;
  }

  void write(VerifyReport report, Recording recording, Progress progress) {
    try {
      Path folder = Files.createDirectories(project.results());
      String name = NAME.format(Instant.now());
      Files.writeString(folder.resolve(name + ".md"), report.markdown());
      Files.writeString(folder.resolve(name + ".json"), json(report).toPrettyString() + "\n");
      progress.say("results are in bench/results/" + name + ".md and .json");
      if (recording == Recording.README_TOO) {
        Path readme = project.readme();
        Files.writeString(readme, replaced(Files.readString(readme), report.markdown()));
        progress.say("the summary is in bench/README.md");
      }
    } catch (IOException e) {
      throw new BenchException("cannot write the results: " + e.getMessage(), e);
    }
  }

  /** A page with another text between its marks. */
  static String replaced(String page, String text) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new BenchException("bench/README.md has lost its marks " + BEGIN + " and " + END);
    }
    return page.substring(0, begin + BEGIN.length()) + "\n" + text + page.substring(end);
  }

  private static ObjectNode json(VerifyReport report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("benchmark", "verify");
    ObjectNode surroundings = json.putObject("surroundings");
    report.surroundings().entries().forEach(surroundings::put);
    putOptions(json.putObject("options"), report.options());
    ObjectNode ratios = json.putObject("cpu_ratios");
    ratio(ratios, report, Contender.KEYWAY_REFUSAL, Contender.REFERENCE_REFUSAL)
        .put("goal", VerifyReport.GOAL);
    ratio(ratios, report, Contender.KEYWAY_ACCEPT, Contender.NGINX_PROXY);
    ratio(ratios, report, Contender.KEYWAY_ACCEPT, Contender.REFERENCE_ANSWER);
    ObjectNode contenders = json.putObject("contenders");
    for (Contender contender : Contender.values()) {
      putSummary(contenders.putObject(contender.text()), report.summary(contender));
    }
    return json;
  }

  private static void putOptions(ObjectNode json, VerifyOptions options) {
    json.put("keys", options.keys()).put("revoked", options.revoked());
    json.put("connections", options.connections()).put("processes", options.processes());
    json.put("rounds", options.rounds()).put("round_seconds", options.round().toSeconds());
    json.put("warm_up_seconds", options.warmUp().toSeconds());
    json.put("paced_rate", options.pacedRate());
  }

  private static ObjectNode ratio(
      ObjectNode json, VerifyReport report, Contender one, Contender other) {
    Comparison comparison = report.compare(one, other);
    return json.putObject(one.text() + " / " + other.text())
        .put("of_medians", comparison.ratio())
        .put("lowest_round", comparison.lowest())
        .put("highest_round", comparison.highest());
  }

  private static void putSummary(ObjectNode json, Summary summary) {
    json.put("does", summary.contender().does());
    json.put("cpu_us_per_request", summary.cost().median());
    json.put("requests_per_second", summary.requestsPerSecond().median());
    json.put("p50_ms", summary.p50Millis().median());
    json.put("p99_ms", summary.p99Millis().median());
    json.put("paced_requests_per_second", summary.pacedRequestsPerSecond().median());
    json.put("paced_p50_ms", summary.pacedP50Millis().median());
    json.put("paced_p99_ms", summary.pacedP99Millis().median());
    var rounds = json.putArray("rounds");
    summary.rounds().forEach(round -> putRound(rounds.addObject(), round));
  }

  private static void putRound(ObjectNode json, Round round) {
    json.put("process", round.process());
    json.put("requests", round.load().requests());
    json.put("bytes", round.load().bytes());
    json.put("requests_per_second", round.load().requestsPerSecond());
    json.put("p50_us", round.load().p50Micros());
    json.put("p99_us", round.load().p99Micros());
    json.put("cpu_us_per_request", round.cost());
    json.put("wall_ms", round.wall().toMillis());
    json.put("server_cpu_ms", round.server().toMillis());
    json.put("later_cpu_ms", round.later().toMillis());
    json.put("upstream_cpu_ms", round.upstream().toMillis());
    json.put("wrk_cpu_ms", round.wrk().toMillis());
    json.put("others_cpu_ms", round.others().toMillis());
    json.put("stolen_cpu_ms", round.stolen().toMillis());
  }
}
