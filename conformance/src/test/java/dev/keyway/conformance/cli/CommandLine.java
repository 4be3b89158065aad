package dev.keyway.conformance.cli;

import dev.keyway.conformance.harness.CommandRun;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line of somebody with a home of their own. */
final class CommandLine {
  private final Map<String, String> environment = new HashMap<>();
  private final Path home;

  CommandLine(Path home) {
    this.home = home;
    environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
    // What a desktop's keyring holds is not a test's to change.
    environment.put("KEYWAY_CREDENTIALS", "file");
  }

  Path home() {
    return home;
  }

  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  CommandLine with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  CommandRun run(String... arguments) {
    return CommandRun.of(environment, options(), arguments);
  }

  CommandRun fed(String input, String... arguments) {
    return CommandRun.fed(input, environment, options(), arguments);
  }

  private List<String> options() {
    return List.of("-Duser.home=" + home);
  }
}
