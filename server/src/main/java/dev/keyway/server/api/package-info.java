/** The management API: one handler an operation, plain blocking Java. */
@NullMarked
package dev.keyway.server.api;

import org.jspecify.annotations.NullMarked;
