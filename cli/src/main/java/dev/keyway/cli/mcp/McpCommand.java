package dev.keyway.cli.mcp;

import picocli.CommandLine.Command;

/** {@code keyway mcp}: for MCP clients that cannot carry a key. */
@Command(
    name = "mcp",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Bring the key to MCP clients that cannot carry one.",
      "",
      "  {\"command\": \"keyway\", \"args\": [\"mcp\", \"proxy\"]}   for clients that only start programs",
      "  \"headersHelper\": \"keyway mcp headers\"            for Claude Code"
    })
public final class McpCommand {}
