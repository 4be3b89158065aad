package dev.keyway.bench.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.bench.Options;
import dev.keyway.bench.keyway.Surroundings;
import dev.keyway.bench.load.LoadResult;
import dev.keyway.bench.measure.Comparison;
import dev.keyway.bench.measure.Goal;
import dev.keyway.bench.measure.Series;
import dev.keyway.bench.report.Chart;
import dev.keyway.bench.report.Chart.Bar;
import dev.keyway.bench.report.Chart.Panel;
import dev.keyway.bench.report.Findings;
import dev.keyway.bench.report.Report;
import dev.keyway.bench.report.Table;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Turns what was found at each size into a report. */
final class ScaleReport {
  private static final Goal BYTES = Goal.atMost(350);
  private static final Goal MISS_MILLIS = Goal.atMost(5);
  private static final Goal START_SECONDS = Goal.atMost(1.0);

  private final Options options;
  private final Surroundings surroundings;
  private final List<SizeFigures> sizes;

  ScaleReport(Options options, Surroundings surroundings, List<SizeFigures> sizes) {
    this.options = options;
    this.surroundings = surroundings;
    this.sizes = List.copyOf(sizes);
  }

  Report report() {
    SizeFigures largest = sizes.getLast();
    String with = " with " + largest.name();
    var findings = new Findings();
    findings.judge(
        "a key in memory" + with, Comparison.of(largest.bytesPerKey()), "%.0f bytes", BYTES);
    findings.judge(
        "p99 of a decision on a miss" + with,
        Comparison.of(largest.series(round -> millis(round.miss().p99Micros()))),
        "%.2f ms",
        MISS_MILLIS);
    findings.judge(
        "start to first verified request" + with,
        Comparison.of(largest.series(SizeRound::startSeconds)),
        "%.2f s",
        START_SECONDS);
    ObjectNode figures = new ObjectMapper().createObjectNode();
    figures.set("findings", findings.json());
    var all = figures.putArray("sizes");
    sizes.forEach(size -> put(all.addObject(), size));
    return new Report(
        "scale",
        "Many keys",
        findings.sentences(),
        List.of(decisions(), around()),
        surroundings.entries(),
        method(),
        chart(),
        figures,
        findings.missed());
  }

  private Table decisions() {
    var table =
        new Table(
            "forward-auth",
            "hit p50 ms",
            "hit p99 ms",
            "miss p50 ms",
            "miss p99 ms",
            "misses/s at saturation",
            "misses turned away, %");
    for (SizeFigures size : sizes) {
      table.row(
          size.name(),
          spread(size, round -> millis(round.hit().p50Micros())),
          spread(size, round -> millis(round.hit().p99Micros())),
          spread(size, round -> millis(round.miss().p50Micros())),
          spread(size, round -> millis(round.miss().p99Micros())),
          Table.spread(size.series(round -> round.missSaturated().requestsPerSecond()), "%,.0f"),
          Table.spread(size.series(SizeRound::turnedAwayPercent), "%.2f"));
    }
    return table;
  }

  private Table around() {
    var table =
        new Table("", "bytes per key in memory", "start s", "first page ms", "pages from there ms");
    for (SizeFigures size : sizes) {
      table.row(
          size.name(),
          Table.spread(size.bytesPerKey(), "%.0f"),
          spread(size, SizeRound::startSeconds),
          spread(size, SizeRound::firstPageMillis),
          spread(size, SizeRound::laterPageMillis));
    }
    return table;
  }

  private static String spread(SizeFigures size, ToDoubleFunction<SizeRound> figure) {
    return Table.spread(size.series(figure), "%.2f");
  }

  private Chart chart() {
    return new Chart(
        "Many keys",
        "median and range of %d rounds; %s".formatted(options.rounds(), surroundings.brief()),
        List.of(
            panel("bytes per key in memory", "%.0f", SizeFigures::bytesPerKey),
            panel(
                "p99 of a decision on a hit, milliseconds",
                "%.2f",
                size -> size.series(round -> millis(round.hit().p99Micros()))),
            panel(
                "p99 of a decision on a miss, milliseconds",
                "%.2f",
                size -> size.series(round -> millis(round.miss().p99Micros()))),
            panel(
                "start to first verified request, seconds",
                "%.2f",
                size -> size.series(SizeRound::startSeconds)),
            panel(
                "a page of 50 keys, milliseconds",
                "%.2f",
                size -> size.series(SizeRound::firstPageMillis))));
  }

  private Panel panel(String title, String format, Function<SizeFigures, Series> series) {
    return new Panel(
        title,
        format,
        sizes.stream().map(size -> Bar.of("keyway, " + size.name(), series.apply(size))).toList());
  }

  private static double millis(long micros) {
    return micros / 1e3;
  }

  private static void put(ObjectNode json, SizeFigures size) {
    json.put("keys", size.keys());
    json.put("bytes_per_cached_key", size.bytesPerKey().median());
    var rounds = json.putArray("rounds");
    for (SizeRound round : size.rounds()) {
      ObjectNode each = rounds.addObject();
      each.put("start_s", round.startSeconds());
      each.put("first_page_ms", round.firstPageMillis());
      each.put("later_page_ms", round.laterPageMillis());
      put(each.putObject("hit"), round.hit());
      put(each.putObject("miss"), round.miss());
      put(each.putObject("miss_at_saturation"), round.missSaturated());
    }
  }

  private static void put(ObjectNode json, LoadResult load) {
    json.put("requests_per_second", load.requestsPerSecond());
    json.put("p50_us", load.p50Micros());
    json.put("p99_us", load.p99Micros());
  }

  private String method() {
    return ("method: rows put into the SQLite store beside the API, which made the first ones; %d rounds for each size,"
            + " each in two fresh processes; hits: 1,000 keys in rotation at about %,d requests/s; misses: up to 100,000"
            + " keys in rotation with memory for one, at about %,d requests/s and at saturation; %d connections;"
            + " start with the cache that a build trains; the store's file is in the operating system's memory as far"
            + " as it fits; a key's weight is the heap after a collection, with and without up to 1,000,000 of them")
        .formatted(
            options.rounds(), options.pacedRate(), options.pacedRate() / 5, options.connections());
  }
}
