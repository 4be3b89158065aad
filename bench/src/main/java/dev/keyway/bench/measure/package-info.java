/**
 * What is measured: CPU by the operating system's accounting, series of rounds, ratios that know
 * how sure they are.
 */
@NullMarked
package dev.keyway.bench.measure;

import org.jspecify.annotations.NullMarked;
