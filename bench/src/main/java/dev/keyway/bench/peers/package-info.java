/** The benchmark {@code peers}: others that check keys, set up here and asked in the same run. */
@NullMarked
package dev.keyway.bench.peers;

import org.jspecify.annotations.NullMarked;
