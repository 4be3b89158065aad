package dev.keyway.bench.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run found: figures, ratios, and what they depend on.
 *
 * @param name of the benchmark; {@code verify-tls} is another one than {@code verify}
 * @param findings sentences, the goals first
 * @param surroundings versions, flags and the like, by name, in the order of printing
 * @param figures all that was measured, for programs
 * @param missed how many goals were missed, and missed for sure
 */
public record Report(
    String name,
    String title,
    List<String> findings,
    List<Table> tables,
    Map<String, String> surroundings,
    String method,
    Chart chart,
    ObjectNode figures,
    int missed) {
  public Report {
    findings = List.copyOf(findings);
    tables = List.copyOf(tables);
  }

  /** The report for a person, who reads it in a terminal or as Markdown. */
  public String markdown() {
    var text = new ArrayList<String>();
    text.add("### " + title + "\n");
    findings.forEach(finding -> text.add("- " + finding));
    text.add("");
    tables.forEach(table -> text.add(table.text()));
    surroundings.forEach((key, value) -> text.add("- %s: %s".formatted(key, value)));
    text.add("- " + method);
    return String.join("\n", text) + "\n";
  }
}
