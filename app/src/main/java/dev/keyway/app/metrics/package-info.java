/** What a node shows of itself on {@code /metrics}, beside what its doors count. */
@NullMarked
package dev.keyway.app.metrics;

import org.jspecify.annotations.NullMarked;
