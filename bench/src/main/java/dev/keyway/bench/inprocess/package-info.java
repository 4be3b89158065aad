/** The benchmark {@code inprocess}: a decision without a network, by JMH. */
@NullMarked
package dev.keyway.bench.inprocess;

import org.jspecify.annotations.NullMarked;
