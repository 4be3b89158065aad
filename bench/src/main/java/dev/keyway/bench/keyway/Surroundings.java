package dev.keyway.bench.keyway;

import dev.keyway.bench.measure.Machine;
import dev.keyway.bench.server.JavaServers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a figure depends on beside the code: machine, versions, options; in the order of printing.
 */
public record Surroundings(Map<String, String> entries) {
  /** The machine, the program and the Java machine that all benchmarks share. */
  public static Surroundings of(Project project) {
    var entries = new LinkedHashMap<String, String>();
    entries.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    entries.put("machine", Machine.ofThisOne().text());
    entries.put("keyway", project.commit());
    entries.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    entries.put("java options", String.join(" ", JavaServers.OPTIONS));
    entries.put("vert.x", project.sharedVersion("vertx-core"));
    entries.put("netty", project.sharedVersion("netty-common"));
    return new Surroundings(entries);
  }

  /** The same with a further entry. */
  public Surroundings with(String name, String value) {
    var more = new LinkedHashMap<>(entries);
    more.put(name, value);
    return new Surroundings(more);
  }

  /** A few words for a chart, whose line is short: the rest stands beside the table. */
  public String brief() {
    String machine = entries.getOrDefault("machine", "");
    return "%s; %s; keyway %s"
        .formatted(
            entries.getOrDefault("date", ""),
            machine.replaceFirst("^([^,]*,[^,]*),.*", "$1"),
            entries.getOrDefault("keyway", ""));
  }
}
