/** Tests of what Keyway knows of the Model Context Protocol. */
@NullMarked
package dev.keyway.server.mcp;

import org.jspecify.annotations.NullMarked;
