/** Benchmarks beside peers, in the same run. */
@NullMarked
package dev.keyway.bench;

import org.jspecify.annotations.NullMarked;
