/** Help for MCP clients that cannot carry a key by themselves. */
@NullMarked
package dev.keyway.cli.mcp;

import org.jspecify.annotations.NullMarked;
