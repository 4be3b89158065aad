package dev.keyway.app.rehearsal;

import dev.keyway.app.command.CommandTree;
import dev.keyway.app.command.Surroundings;
import dev.keyway.cli.ClientCommands;
import dev.keyway.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Somebody with a key who uses the command line once, in a home of their own. */
final class KeyHolder {
  private final Map<String, String> environment;
  private final URI server;
  private final String key;

  KeyHolder(Path home, URI server, String key) {
    this.environment =
        Map.of("XDG_CONFIG_HOME", home.resolve("config").toString(), "KEYWAY_CREDENTIALS", "file");
    this.server = server;
    this.key = key;
  }

  void useEverything() {
    run("login", "--server", server.toString());
    run("whoami");
    run("keys", "list");
    run("keys", "list", "--json");
    run("connect", "claude-code");
    run("config", "list");
    run("logout");
  }

  private void run(String... command) {
    var silent = new PrintWriter(PrintWriter.nullWriter());
    var in = new ByteArrayInputStream(key.getBytes(StandardCharsets.UTF_8));
    var terminal = new Terminal(silent, silent, in, environment::get, null);
    var surroundings = new Surroundings(silent, silent, environment::get);
    int status = CommandTree.of(surroundings, ClientCommands.of(terminal)).execute(command);
    if (status != 0) {
      throw new UncheckedIOException(new IOException(command[0] + " ended with " + status));
    }
  }
}
