/** The load: wrk, its script and its answers. */
@NullMarked
package dev.keyway.bench.load;

import org.jspecify.annotations.NullMarked;
