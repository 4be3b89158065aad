/** The benchmark {@code gateway}: a GET through the gateway beside nginx. */
@NullMarked
package dev.keyway.bench.gateway;

import org.jspecify.annotations.NullMarked;
