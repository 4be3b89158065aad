package dev.keyway.cli;

import picocli.CommandLine.Command;

/** {@code keyway keys}: the keys themselves. */
@Command(
    name = "keys",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Create, list, rename or revoke keys.",
      "",
      "  keyway keys create ci --expires-in 90d > key.txt",
      "  keyway keys list --idle-for 30d",
      "  keyway keys revoke key_a1B2c3D4e5F6 --reason 'left the team'"
    })
final class KeysCommand {}
