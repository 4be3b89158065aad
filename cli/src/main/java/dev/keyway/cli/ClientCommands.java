package dev.keyway.cli;

import dev.keyway.cli.connect.ConnectCommand;
import dev.keyway.cli.mcp.McpCommand;
import dev.keyway.cli.mcp.McpHeadersCommand;
import dev.keyway.cli.mcp.McpProxyCommand;
import java.util.List;
import picocli.CommandLine;

/** The commands of people who hold a key, in the order in which help names them. */
public final class ClientCommands {
  private ClientCommands() {}

  /** The commands, with their own below them. */
  public static List<CommandLine> of(Terminal terminal) {
    return List.of(
        new CommandLine(new LoginCommand(terminal)),
        new CommandLine(new LogoutCommand(terminal)),
        new CommandLine(new WhoamiCommand(terminal)),
        new CommandLine(new KeysCommand())
            .addSubcommand(new KeysCreateCommand(terminal))
            .addSubcommand(new KeysListCommand(terminal))
            .addSubcommand(new KeysGetCommand(terminal))
            .addSubcommand(new KeysUpdateCommand(terminal))
            .addSubcommand(new KeysRevokeCommand(terminal)),
        new CommandLine(new VerifyCommand(terminal)),
        new CommandLine(new ApiCommand(terminal)),
        new CommandLine(new ConnectCommand(terminal)),
        new CommandLine(new McpCommand())
            .addSubcommand(new McpProxyCommand(terminal))
            .addSubcommand(new McpHeadersCommand(terminal)),
        new CommandLine(new ConfigCommand(terminal)),
        new CommandLine(new CompletionCommand(terminal)),
        new CommandLine(new ExitCodesTopic(terminal)));
  }
}
