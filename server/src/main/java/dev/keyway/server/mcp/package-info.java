/** What Keyway knows of the Model Context Protocol: session ids bound to keys. */
@NullMarked
package dev.keyway.server.mcp;

import org.jspecify.annotations.NullMarked;
