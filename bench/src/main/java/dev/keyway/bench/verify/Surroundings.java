package dev.keyway.bench.verify;

import dev.keyway.bench.load.Tools;
import dev.keyway.bench.measure.Machine;
import dev.keyway.bench.measure.Shell;
import dev.keyway.bench.server.JavaServers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a figure depends on beside the code: machine, versions, options; in the order of printing.
 */
record Surroundings(Map<String, String> entries) {
  static Surroundings of(Project project, Tools tools) {
    var entries = new LinkedHashMap<String, String>();
    entries.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    entries.put("machine", Machine.ofThisOne().text());
    entries.put("keyway", project.commit());
    entries.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    entries.put("java options", String.join(" ", JavaServers.OPTIONS));
    entries.put("vert.x", project.sharedVersion("vertx-core"));
    entries.put("netty", project.sharedVersion("netty-common"));
    entries.put("nginx", firstLine(tools.nginx(), "-v").replace("nginx version: nginx/", ""));
    entries.put("wrk", firstLine(tools.wrk(), "-v").replaceFirst("^wrk (\\S+).*", "$1"));
    return new Surroundings(entries);
  }

  private static String firstLine(String program, String argument) {
    return Shell.output(List.of(program, argument)).lines().findFirst().orElse("unknown");
  }
}
