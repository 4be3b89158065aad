/** The door that stands in front of REST and MCP upstreams, on the event loop. */
@NullMarked
package dev.keyway.server.gateway;

import org.jspecify.annotations.NullMarked;
