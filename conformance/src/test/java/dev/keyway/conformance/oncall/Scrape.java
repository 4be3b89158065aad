package dev.keyway.conformance.oncall;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What {@code /metrics} said: families with type and help, and series with their labels. */
record Scrape(
    SortedMap<String, String> types,
    Map<String, String> help,
    Map<String, SortedMap<String, Set<String>>> series) {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** Reads Prometheus' text form. */
  static Scrape parse(String text) {
    var scrape = new Scrape(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    text.lines().forEach(scrape::read);
    return scrape;
  }

  private void read(String line) {
    String[] words = line.split(" ", 4);
    if (line.startsWith("# TYPE ")) {
      types.put(words[2], words[3]);
    } else if (line.startsWith("# HELP ")) {
      help.put(words[2], words[3]);
    } else if (!line.isBlank()) {
      var sample = SAMPLE.matcher(line);
      if (!sample.matches()) {
        throw new AssertionError("no sample: " + line);
      }
      var labels = series.computeIfAbsent(sample.group(1), _ -> new TreeMap<>());
      String text = sample.group(2) == null ? "" : sample.group(2);
      for (MatchResult label : LABEL.matcher(text).results().toList()) {
        labels.computeIfAbsent(label.group(1), _ -> new TreeSet<>()).add(label.group(2));
      }
    }
  }

  /** The labels of a series' name, each with its values. */
  SortedMap<String, Set<String>> labelsOf(String name) {
    return series.getOrDefault(name, new TreeMap<>());
  }

  /** The names of the labels of a family; without the steps of a histogram. */
  Set<String> labels(String family) {
    Set<String> labels = new TreeSet<>();
    for (String suffix : new String[] {"", "_bucket"}) {
      labels.addAll(series.getOrDefault(family + suffix, new TreeMap<>()).keySet());
    }
    labels.remove("le");
    return labels;
  }
}
