/** Where the time, the memory and the waiting of the hot path go. */
@NullMarked
package dev.keyway.bench.profile;

import org.jspecify.annotations.NullMarked;
