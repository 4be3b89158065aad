/** What the samples share that speak MCP through the official Java SDK. */
@NullMarked
package dev.keyway.demo.mcp;

import org.jspecify.annotations.NullMarked;
