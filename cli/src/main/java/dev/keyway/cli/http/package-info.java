/** Calls of a Keyway server and of what stands behind its gateway. */
@NullMarked
package dev.keyway.cli.http;

import org.jspecify.annotations.NullMarked;
