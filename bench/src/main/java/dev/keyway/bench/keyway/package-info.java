/** The real program as a benchmark needs it: built, configured, filled with keys. */
@NullMarked
package dev.keyway.bench.keyway;

import org.jspecify.annotations.NullMarked;
