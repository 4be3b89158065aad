/** Operator keys and the principals that call the management API. */
@NullMarked
package dev.keyway.core.operator;

import org.jspecify.annotations.NullMarked;
