/** Memorylake's upstream: memories of a project, over MCP. */
@NullMarked
package dev.keyway.demo.memory;

import org.jspecify.annotations.NullMarked;
