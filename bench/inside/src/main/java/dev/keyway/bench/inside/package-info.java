/**
 * What is measured within a process, and what is put into a store without its API. Programs of
 * their own, which the benchmarks start.
 */
@NullMarked
package dev.keyway.bench.inside;

import org.jspecify.annotations.NullMarked;
