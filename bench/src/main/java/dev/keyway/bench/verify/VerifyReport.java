package dev.keyway.bench.verify;

import dev.keyway.bench.measure.Comparison;
import dev.keyway.bench.measure.Comparison.Verdict;
import dev.keyway.bench.verify.Referee.PacedRound;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a run found: figures, ratios, and what they depend on. */
final class VerifyReport {
  /** At most this many times the CPU of a bare handler that answers the same bytes. */
  static final double GOAL = 1.5;

  /** More than this of other processes in a round makes its figures doubtful. */
  private static final double QUIET_CORES = 0.15;

  private final VerifyOptions options;
  private final Surroundings surroundings;
  private final List<Round> rounds;
  private final Map<Contender, Summary> summaries = new EnumMap<>(Contender.class);

  VerifyReport(
      VerifyOptions options,
      Surroundings surroundings,
      List<Round> rounds,
      List<PacedRound> paced) {
    this.options = options;
    this.surroundings = surroundings;
    this.rounds = List.copyOf(rounds);
    for (Contender contender : Contender.values()) {
      summaries.put(contender, Summary.of(contender, rounds, paced));
    }
  }

  VerifyOptions options() {
    return options;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  List<Round> rounds() {
    return rounds;
  }

  Summary summary(Contender contender) {
    Summary summary = summaries.get(contender);
    if (summary == null) {
      throw new IllegalStateException(contender + " was not measured");
    }
    return summary;
  }

  Comparison compare(Contender one, Contender other) {
    return summary(one).over(summary(other));
  }

  boolean goalMissed() {
    return refusal().against(GOAL) == Verdict.BEYOND;
  }

  private Comparison refusal() {
    return compare(Contender.KEYWAY_REFUSAL, Contender.REFERENCE_REFUSAL);
  }

  /** The report for a person, who reads it in a terminal or as Markdown. */
  String markdown() {
    var text = new ArrayList<String>();
    text.add("### CPU of a request with a key\n");
    text.addAll(ratios());
    text.add("");
    text.add(costs().text());
    text.add(company().text());
    surroundings.entries().forEach((name, value) -> text.add("- %s: %s".formatted(name, value)));
    text.add("- " + method());
    return String.join("\n", text) + "\n";
  }

  private List<String> ratios() {
    var lines = new ArrayList<String>();
    String goal =
        "- **keyway refusal / reference refusal: %s** (goal: at most %.2f): %s"
            .formatted(figures(refusal()), GOAL, refusal().against(GOAL).text());
    lines.add(goal);
    lines.add(reported(Contender.KEYWAY_ACCEPT, Contender.NGINX_PROXY));
    lines.add(reported(Contender.KEYWAY_ACCEPT, Contender.REFERENCE_ANSWER));
    double others =
        rounds.stream().mapToDouble(round -> round.cores(round.others())).max().orElse(0);
    if (others > QUIET_CORES) {
      lines.add(
          "- **the machine was not quiet**: other processes used up to %.2f cores in a round"
              .formatted(others));
    }
    return lines;
  }

  private String reported(Contender one, Contender other) {
    Comparison comparison = compare(one, other);
    String difference =
        switch (comparison.against(1)) {
          case WITHIN -> "costs no more";
          case BEYOND -> "costs more";
          case NOT_RESOLVED -> "which costs more is not resolved";
        };
    return "- %s / %s: %s: %s".formatted(one.text(), other.text(), figures(comparison), difference);
  }

  private static String figures(Comparison comparison) {
    return "%.2f (rounds %.2f to %.2f)"
        .formatted(comparison.ratio(), comparison.lowest(), comparison.highest());
  }

  private Table costs() {
    var table =
        new Table(
            "contender",
            "CPU us/request",
            "of it later",
            "requests/s",
            "p50 ms",
            "p99 ms",
            "paced p50",
            "paced p99",
            "bytes");
    for (Summary summary : summaries.values()) {
      table.row(
          summary.contender().text(),
          Table.spread(summary.cost(), "%.1f"),
          Table.median(summary.series(Round::laterCost), "%.2f"),
          Table.spread(summary.requestsPerSecond(), "%,.0f"),
          Table.spread(summary.p50Millis(), "%.2f"),
          Table.spread(summary.p99Millis(), "%.1f"),
          Table.median(summary.pacedP50Millis(), "%.2f"),
          Table.median(summary.pacedP99Millis(), "%.2f"),
          Table.median(summary.series(Round::bytesPerAnswer), "%.0f"));
    }
    return table;
  }

  private Table company() {
    var table =
        new Table(
            "meanwhile",
            "server, cores",
            "wrk, cores",
            "upstream us/request",
            "others, cores",
            "stolen, cores");
    for (Summary summary : summaries.values()) {
      table.row(
          summary.contender().text(),
          Table.median(summary.series(round -> round.cores(round.server())), "%.2f"),
          Table.median(summary.series(round -> round.cores(round.wrk())), "%.2f"),
          summary.contender().usesUpstream()
              ? Table.median(summary.series(Round::upstreamCost), "%.1f")
              : "",
          Table.spread(summary.series(round -> round.cores(round.others())), "%.2f"),
          Table.spread(summary.series(round -> round.cores(round.stolen())), "%.2f"));
    }
    return table;
  }

  private String method() {
    return ("method: %,d keys, %,d of them revoked, %,d in rotation; %d connections kept alive; %d rounds of %d s,"
            + " interleaved; fresh processes of each server: %d, with %d s of the same load first; medians (lowest-highest);"
            + " CPU is user and system time of the server's process and children, later work (until its next"
            + " round) included; paced: about %,d requests/s; audit, metrics and usage recording on")
        .formatted(
            options.keys(),
            options.revoked(),
            options.revoked(),
            options.connections(),
            options.rounds(),
            options.round().toSeconds(),
            options.processes(),
            options.warmUp().toSeconds(),
            options.pacedRate());
  }
}
