package dev.keyway.cli.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyway.cli.ProfileOptions;
import dev.keyway.cli.Terminal;
import dev.keyway.cli.credential.Credentials;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyway mcp headers}: the headers of a request, as header helpers answer them. */
@Command(
    name = "headers",
    description = "Print the key's headers as a JSON object, for a client's header helper.")
public final class McpHeadersCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProfileOptions profileOptions = new ProfileOptions();

  public McpHeadersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String key = new Credentials(terminal).require(profileOptions.name(terminal)).reveal();
    terminal.print(
        JsonNodeFactory.instance.objectNode().put("Authorization", "Bearer " + key).toString());
    return 0;
  }
}
