/** The benchmark {@code flood}: good keys while strangers flood. */
@NullMarked
package dev.keyway.bench.flood;

import org.jspecify.annotations.NullMarked;
