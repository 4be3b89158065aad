package dev.keyway.cli.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyway.cli.Destination;
import dev.keyway.cli.LoggedIn;
import dev.keyway.cli.ProfileOptions;
import dev.keyway.cli.ServerAddress;
import dev.keyway.cli.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyway mcp headers}: the headers of a request, as header helpers answer them. */
@Command(
    name = "headers",
    description = "Print the key's headers as a JSON object, for a client's header helper.")
public final class McpHeadersCommand implements Callable<Integer> {
  private static final String ASKED_FOR = "CLAUDE_CODE_MCP_SERVER_URL";

  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions = new ProfileOptions();

  public McpHeadersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (LoggedIn loggedIn = profileOptions.logIn(terminal)) {
      // Claude Code says for which server it asks, and any project's file can name one.
      String asked = terminal.variable(ASKED_FOR);
      if (asked != null) {
        Destination.require(ServerAddress.parse(asked), loggedIn, terminal);
      }
      terminal.print(
          JsonNodeFactory.instance
              .objectNode()
              .put("Authorization", "Bearer " + loggedIn.credential().reveal())
              .toString());
      return 0;
    }
  }
}
