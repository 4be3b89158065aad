/** A stateless MCP server of revision 2026-07-28, which the Java SDK does not speak. */
@NullMarked
package dev.keyway.demo.modern;

import org.jspecify.annotations.NullMarked;
