/**
 * The benchmark {@code verify}: a request with a key, refused and accepted, beside peers in the
 * same run.
 */
@NullMarked
package dev.keyway.bench.verify;

import org.jspecify.annotations.NullMarked;
