package dev.keyway.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.bench.BenchException;
import dev.keyway.bench.Options;
import dev.keyway.bench.Options.Switch;
import dev.keyway.bench.Progress;
import dev.keyway.bench.keyway.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Keeps a report as Markdown and JSON with its chart, and on request in the README. */
public final class Results {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Project project;
  private final Progress progress;

  public Results(Project project, Progress progress) {
    this.project = project;
    this.progress = progress;
  }

  /**
   * Prints a report and keeps it.
   *
   * @return whether no goal was missed
   */
  public boolean publish(Report report, Options options) {
    System.out.println(report.markdown());
    try {
      String name = report.name() + "-" + TIME.format(Instant.now());
      Path folder = Files.createDirectories(project.results());
      Files.writeString(folder.resolve(name + ".md"), report.markdown());
      Files.writeString(folder.resolve(name + ".json"), json(report).toPrettyString() + "\n");
      draw(report, folder.resolve(name));
      progress.say("results are in bench/results/" + name + ".md, .json, .svg and .png");
      if (options.has(Switch.RECORD)) {
        record(report);
      }
    } catch (IOException e) {
      throw new BenchException("cannot write the results: " + e.getMessage(), e);
    }
    return report.missed() == 0;
  }

  private void record(Report report) throws IOException {
    Path charts = Files.createDirectories(project.charts());
    draw(report, charts.resolve(report.name()));
    Path readme = project.readme();
    String text =
        report.markdown() + "\n![%s](charts/%s.svg)\n".formatted(report.title(), report.name());
    Files.writeString(readme, replaced(Files.readString(readme), report.name(), text));
    progress.say("table and chart are in bench/README.md and bench/charts/");
  }

  private static void draw(Report report, Path file) throws IOException {
    Drawing drawing = Drawing.of(report.chart());
    Files.writeString(
        file.resolveSibling(file.getFileName() + ".svg"), Svg.of(drawing, report.title()));
    Files.write(file.resolveSibling(file.getFileName() + ".png"), Png.of(drawing));
  }

  /** A page with another text between the marks of a benchmark. */
  static String replaced(String page, String name, String text) {
    String begin = "<!-- " + name + ": begin -->";
    String end = "<!-- " + name + ": end -->";
    int from = page.indexOf(begin);
    int to = page.indexOf(end);
    if (from < 0 || to < from) {
      throw new BenchException("bench/README.md has lost its marks " + begin + " and " + end);
    }
    return page.substring(0, from + begin.length()) + "\n" + text + page.substring(to);
  }

  private static ObjectNode json(Report report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("benchmark", report.name());
    ObjectNode surroundings = json.putObject("surroundings");
    report.surroundings().forEach(surroundings::put);
    json.put("method", report.method());
    json.set("figures", report.figures());
    return json;
  }
}
