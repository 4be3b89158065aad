/** The benchmark {@code scale}: from a thousand keys to ten million. */
@NullMarked
package dev.keyway.bench.scale;

import org.jspecify.annotations.NullMarked;
