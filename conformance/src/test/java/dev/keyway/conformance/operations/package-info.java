/** What the guides in docs/guides tell an operator to do, done. */
@NullMarked
package dev.keyway.conformance.operations;

import org.jspecify.annotations.NullMarked;
