/** Meko's upstream: datapacks of an account, over MCP. */
@NullMarked
package dev.keyway.demo.datapack;

import org.jspecify.annotations.NullMarked;
