/** MCP through the gateway with clients, servers and a suite that nobody here wrote. */
@NullMarked
package dev.keyway.conformance.mcp;

import org.jspecify.annotations.NullMarked;
