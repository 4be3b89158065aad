package dev.keyway.conformance.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The metrics of the running program against its papers: the page, the alerts, the dashboard, the
 * guide. Run with {@code -Dkeyway.golden=write} to write the page's table anew.
 */
final class MetricsTest {
  private static final Path PAGE = Program.root().resolve("docs/metrics.md");
  private static final Path ALERTS = Program.root().resolve("ops/keyway-alerts.yaml");
  private static final Path DASHBOARD = Program.root().resolve("ops/keyway-dashboard.json");
  private static final Path GUIDE = Program.root().resolve("docs/guides/on-call.md");

  private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern SELECTOR = Pattern.compile("([a-z_][a-z0-9_]*)\\{([^}]*)}");
  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!=|=)\"([^\"]*)\"");
  private static final Pattern NAME = Pattern.compile("(?<![\\w.])[a-z_][a-z0-9_]*");
  private static final Set<String> LANGUAGE =
      Set.of(
          "sum",
          "min",
          "max",
          "count",
          "rate",
          "increase",
          "histogram_quantile",
          "and",
          "or",
          "m",
          "h");

  /** What Prometheus itself adds. */
  private static final Set<String> TARGET_LABELS = Set.of("instance", "job");

  @TempDir private static Path data;
  private static Scrape scrape = Scrape.parse("");
  private static String log = "";

  @BeforeAll
  static void lookAtARunningProgram() throws IOException {
    Path profiles = Files.createDirectory(data.resolve("profiles"));
    Files.writeString(
        profiles.resolve("echo.yaml"),
        Resource.text("bench/echo.yaml").replace("http://upstream.invalid", "http://127.0.0.1:9"));
    try (ServedKeyway keyway =
        ServedKeyway.start(
            data, "log: {format: json, level: debug}\n", Map.of("BENCH_UPSTREAM_SECRET", "s"))) {
      keyway.anonymous().get("/v1/me").expect(401);
      // An answer that is no refusal, though there is no upstream.
      try (RawConnection browser = RawConnection.to(keyway.gateway())) {
        browser.send(
            "OPTIONS /echo/t HTTP/1.1",
            "Origin: https://app.example",
            "Access-Control-Request-Method: GET");
        assertThat(browser.head().status()).isEqualTo(204);
      }
      scrape = Scrape.parse(keyway.anonymous().get("/metrics").expect(200).body());
      keyway.program().terminate();
      assertThat(keyway.program().ends(Duration.ofSeconds(20))).isTrue();
      log = keyway.output();
    }
  }

  @AfterAll
  static void forget() {
    scrape = Scrape.parse("");
  }

  @Test
  void page_namesEveryMetricAndNoOther() throws IOException {
    String table = table();
    String before = Files.readString(PAGE);
    String head = before.substring(0, before.indexOf("| metric |"));
    if (System.getProperty("keyway.golden", "").equals("write")) {
      Files.writeString(PAGE, head + table);
    }
    assertThat(Files.readString(PAGE)).as("run with -Dkeyway.golden=write").isEqualTo(head + table);
  }

  private static String table() {
    var table = new StringBuilder("| metric | type | labels | meaning |\n|---|---|---|---|\n");
    scrape
        .types()
        .forEach((name, type) ->
            table.append(
                "| `%s` | %s | %s | %s |\n"
                    .formatted(
                        name,
                        type,
                        String.join(", ", scrape.labels(name)),
                        scrape.help().getOrDefault(name, "").replace("\\\"", "\""))));
    return table.toString();
  }

  @Test
  void expressions_ofAlertsAndDashboard_nameWhatIsThere() throws IOException {
    List<String> expressions = new ArrayList<>(alertExpressions());
    assertThat(expressions).hasSizeGreaterThan(15);
    for (JsonNode expr : Json.read(Files.readString(DASHBOARD)).findValues("expr")) {
      expressions.add(expr.asText());
    }
    assertThat(expressions).hasSizeGreaterThan(40).allSatisfy(MetricsTest::check);
  }

  @Test
  void check_ofAnUnknownNameLabelOrValue_fails() {
    for (String wrong :
        List.of(
            "keyway_reddy == 0",
            "sum by (produkt) (keyway_ready)",
            "keyway_gateway_answers_total{produkt=\"a\"}",
            "keyway_gateway_answers_total{code=\"no_such_code\"}")) {
      assertThat(catchError(wrong)).as(wrong).isTrue();
    }
  }

  private static boolean catchError(String expression) {
    try {
      check(expression);
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }

  private static void check(String expression) {
    String bare = expression.replaceAll("\"[^\"]*\"", "\"\"");
    Set<String> names = new TreeSet<>();
    String withoutLabels = BY.matcher(bare.replaceAll("\\{[^}]*}", "")).replaceAll("");
    NAME.matcher(withoutLabels.replaceAll("\\[[^]]*]", ""))
        .results()
        .map(MatchResult::group)
        .filter(name -> !LANGUAGE.contains(name) && !name.equals("up"))
        .forEach(names::add);
    assertThat(scrape.series().keySet()).as(expression).containsAll(names);
    Set<String> labels = new TreeSet<>(TARGET_LABELS);
    names.forEach(name -> labels.addAll(scrape.labelsOf(name).keySet()));
    for (MatchResult by : BY.matcher(bare).results().toList()) {
      assertThat(labels).as(expression).contains(by.group(1).split(", *"));
    }
    for (MatchResult selector : SELECTOR.matcher(expression).results().toList()) {
      if (!selector.group(1).equals("up")) {
        checkSelector(expression, selector.group(1), selector.group(2));
      }
    }
  }

  private static void checkSelector(String expression, String name, String matchers) {
    for (MatchResult matcher : MATCHER.matcher(matchers).results().toList()) {
      Set<String> values = scrape.labelsOf(name).get(matcher.group(1));
      assertThat(values).as("%s in %s", matcher.group(1), expression).isNotNull();
      // Which statuses there are depends on what was called; all other values are there at once.
      if (!matcher.group(1).equals("status") && !matcher.group(2).equals("!=")) {
        assertThat(values).as(expression).contains(matcher.group(3).split("\\|"));
      }
    }
  }

  @Test
  void guide_hasAnEntryForEveryAlertAndCode() throws IOException {
    Set<String> wanted =
        new TreeSet<>(
            scrape.labelsOf("keyway_gateway_answers_total").getOrDefault("code", Set.of()));
    wanted.remove("none");
    Files.readAllLines(ALERTS).stream()
        .filter(line -> line.contains("- alert: "))
        .map(line -> line.substring(line.indexOf(": ") + 2))
        .forEach(wanted::add);
    Set<String> found = new TreeSet<>();
    Files.readAllLines(GUIDE).stream()
        .filter(line -> line.startsWith("### "))
        .map(line -> line.substring(4).replace("`", ""))
        .forEach(found::add);
    assertThat(found).isEqualTo(wanted).hasSizeGreaterThan(30);
  }

  @Test
  void log_asJson_isAnObjectALine() {
    List<String> lines = log.lines().filter(line -> line.startsWith("{")).toList();
    assertThat(lines)
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(line -> {
          JsonNode event = Json.read(line);
          assertThat(event.at("/time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
          assertThat(event.at("/level").asText()).matches("ERROR|WARN|INFO|DEBUG");
          assertThat(event.at("/logger").asText()).isNotEmpty();
        });
    assertThat(lines.stream().map(line -> Json.read(line).at("/message").asText()))
        .contains("started", "drain begins", "drain ended", "stopped");
  }

  private static List<String> alertExpressions() throws IOException {
    return Files.readAllLines(ALERTS).stream()
        .filter(line -> line.strip().startsWith("expr: "))
        .map(line -> line.strip().substring("expr: ".length()))
        .toList();
  }
}
