/** Which requirement is proven by which test: the page, made from the tests' display names. */
@NullMarked
package dev.keyway.conformance.requirements;

import org.jspecify.annotations.NullMarked;
