/** Rolling-window rate limits. */
@NullMarked
package dev.keyway.core.limit;

import org.jspecify.annotations.NullMarked;
