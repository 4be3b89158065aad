/**
 * Contenders under the same load in interleaved rounds: the referee, what it writes down, and the
 * report of it. Every benchmark that compares servers is one.
 */
@NullMarked
package dev.keyway.bench.contest;

import org.jspecify.annotations.NullMarked;
