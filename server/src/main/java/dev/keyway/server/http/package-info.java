/** Listeners, the one route table, problems, and the adapter onto virtual threads. */
@NullMarked
package dev.keyway.server.http;

import org.jspecify.annotations.NullMarked;
