/** Calls that may be repeated without being done twice. */
@NullMarked
package dev.keyway.core.idempotency;

import org.jspecify.annotations.NullMarked;
