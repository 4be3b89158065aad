package dev.keyway.core.installation;

/** Random secrets of the installation itself, kept in its store so that all nodes share them. */
public interface InstallationSecrets {
  /** Binds MCP session ids to keys. */
  String MCP_SESSIONS = "mcp-sessions";

  /** The 32 bytes of a name, made on first use. */
  byte[] get(String name);
}
