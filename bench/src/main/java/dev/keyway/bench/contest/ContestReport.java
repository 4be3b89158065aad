package dev.keyway.bench.contest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.bench.Options;
import dev.keyway.bench.Options.Switch;
import dev.keyway.bench.contest.Round.Pace;
import dev.keyway.bench.keyway.Surroundings;
import dev.keyway.bench.measure.Comparison;
import dev.keyway.bench.measure.Series;
import dev.keyway.bench.report.Chart;
import dev.keyway.bench.report.Chart.Bar;
import dev.keyway.bench.report.Chart.Panel;
import dev.keyway.bench.report.Findings;
import dev.keyway.bench.report.Report;
import dev.keyway.bench.report.Table;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Turns the rounds of a contest into its report. */
public final class ContestReport {
  /** More than this of other processes in a round makes its figures doubtful. */
  private static final double QUIET_CORES = 0.15;

  private final String title;
  private final Options options;
  private final Surroundings surroundings;
  private final List<Round> rounds;
  private final List<Contender> contenders;

  public ContestReport(
      String title, Options options, Surroundings surroundings, List<Round> rounds) {
    this.title = title;
    this.options = options;
    this.surroundings = surroundings;
    this.rounds = List.copyOf(rounds);
    this.contenders = rounds.stream().map(Round::contender).distinct().toList();
  }

  /**
   * The report under a name.
   *
   * @param notes further sentences
   */
  public Report of(String name, List<Ratio> ratios, List<String> notes) {
    var findings = new Findings();
    ratios.forEach(ratio -> add(ratio, findings));
    notes.forEach(findings::say);
    double others = rounds.stream().mapToDouble(Round::othersCores).max().orElse(0);
    if (others > QUIET_CORES) {
      findings.say(
          "**the machine was not quiet**: other processes used up to %.2f cores in a round"
              .formatted(others));
    }
    boolean overTls = options.has(Switch.TLS);
    return new Report(
        overTls ? name + "-tls" : name,
        overTls ? title + ", over TLS" : title,
        findings.sentences(),
        List.of(costs(), fixedRate(), company()),
        surroundings.entries(),
        options.method(),
        chart(overTls ? title + ", over TLS" : title),
        figures(findings),
        findings.missed());
  }

  private void add(Ratio ratio, Findings findings) {
    Pace pace = ratio.figure().pace();
    Comparison comparison = ratio.compare(summary(ratio.one(), pace), summary(ratio.other(), pace));
    if (ratio.goal() == null) {
      findings.report(ratio.title(), comparison, "%.2f");
    } else {
      findings.judge(ratio.title(), comparison, "%.2f", ratio.goal());
    }
  }

  private Summary summary(Contender contender, Pace pace) {
    return Summary.of(contender, pace, rounds);
  }

  private Table costs() {
    boolean counted = rounds.stream().allMatch(round -> round.instructions().isPresent());
    var table =
        new Table(
            "at saturation",
            "CPU us/request",
            "of it later",
            "instructions/request",
            "requests/s",
            "p50 ms",
            "p99 ms",
            "bytes");
    for (Contender contender : contenders) {
      Summary summary = summary(contender, Pace.SATURATED);
      table.row(
          contender.name(),
          Table.spread(summary.cost(), "%.1f"),
          Table.median(summary.series(Round::laterCost), "%.2f"),
          counted ? Table.spread(summary.series(Round::instructionsPerRequest), "%,.0f") : "-",
          Table.spread(summary.requestsPerSecond(), "%,.0f"),
          Table.spread(summary.p50Millis(), "%.2f"),
          Table.spread(summary.p99Millis(), "%.1f"),
          Table.median(summary.series(Round::bytesPerAnswer), "%.0f"));
    }
    return table;
  }

  private Table fixedRate() {
    var table = new Table("at the fixed rate", "requests/s", "CPU us/request", "p50 ms", "p99 ms");
    for (Contender contender : contenders) {
      Summary summary = summary(contender, Pace.FIXED_RATE);
      table.row(
          contender.name(),
          Table.median(summary.requestsPerSecond(), "%,.0f"),
          Table.spread(summary.cost(), "%.1f"),
          Table.spread(summary.p50Millis(), "%.2f"),
          Table.spread(summary.p99Millis(), "%.2f"));
    }
    return table;
  }

  private Table company() {
    var table =
        new Table(
            "meanwhile, at saturation",
            "server, cores",
            "wrk, cores",
            "upstream us/request",
            "background requests/s",
            "others, cores",
            "stolen, cores");
    for (Contender contender : contenders) {
      Summary summary = summary(contender, Pace.SATURATED);
      table.row(
          contender.name(),
          Table.median(
              summary.series(round -> round.usage().cores(round.usage().server())), "%.2f"),
          Table.median(summary.series(round -> round.usage().cores(round.usage().wrk())), "%.2f"),
          Table.median(summary.series(Round::upstreamCost), "%.1f"),
          Table.median(summary.series(ContestReport::background), "%,.0f"),
          Table.spread(summary.series(Round::othersCores), "%.2f"),
          Table.spread(
              summary.series(round -> round.usage().cores(round.usage().stolen())), "%.2f"));
    }
    return table;
  }

  private static double background(Round round) {
    var background = round.background();
    return background == null ? 0 : background.requestsPerSecond();
  }

  private Chart chart(String heading) {
    return new Chart(
        heading,
        "median and range of %d rounds; %s".formatted(options.rounds(), surroundings.brief()),
        List.of(
            panel(
                "CPU per request at saturation, microseconds",
                "%.1f",
                Pace.SATURATED,
                Summary::cost),
            panel(
                "requests per second at saturation",
                "%,.0f",
                Pace.SATURATED,
                Summary::requestsPerSecond),
            panel(
                "p99 latency at about %,d requests/s, milliseconds".formatted(options.pacedRate()),
                "%.2f",
                Pace.FIXED_RATE,
                Summary::p99Millis)));
  }

  private Panel panel(String heading, String format, Pace pace, Function<Summary, Series> series) {
    List<Bar> bars =
        contenders.stream()
            .map(contender -> Bar.of(contender.name(), series.apply(summary(contender, pace))))
            .toList();
    return new Panel(heading, format, bars);
  }

  private ObjectNode figures(Findings findings) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.set("findings", findings.json());
    var all = json.putArray("rounds");
    rounds.forEach(round -> put(all.addObject(), round));
    return json;
  }

  private static void put(ObjectNode json, Round round) {
    json.put("contender", round.contender().name());
    json.put("pace", round.pace().name().toLowerCase(Locale.ROOT));
    json.put("process", round.process());
    json.put("requests", round.load().requests());
    json.put("bytes", round.load().bytes());
    json.put("requests_per_second", round.load().requestsPerSecond());
    json.put("p50_us", round.load().p50Micros());
    json.put("p99_us", round.load().p99Micros());
    json.put("background_requests_per_second", background(round));
    json.put("cpu_us_per_request", round.cost());
    round.instructions().ifPresent(count -> json.put("instructions", count));
    json.put("wall_ms", round.usage().wall().toMillis());
    json.put("server_cpu_ms", round.usage().server().toMillis());
    json.put("later_cpu_ms", round.later().toMillis());
    json.put("upstream_cpu_ms", round.usage().upstream().toMillis());
    json.put("wrk_cpu_ms", round.usage().wrk().toMillis());
    json.put("others_cpu_ms", round.usage().others().toMillis());
    json.put("stolen_cpu_ms", round.usage().stolen().toMillis());
  }
}
