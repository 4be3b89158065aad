/** The servers under load, each a process of its own. */
@NullMarked
package dev.keyway.bench.server;

import org.jspecify.annotations.NullMarked;
