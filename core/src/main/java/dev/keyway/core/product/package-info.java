/** A product as configuration: the immutable records a profile is read into. */
@NullMarked
package dev.keyway.core.product;

import org.jspecify.annotations.NullMarked;
