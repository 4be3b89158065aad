/** Envoy's door, asked by a client of Envoy's published API. */
@NullMarked
package dev.keyway.conformance.envoy;

import org.jspecify.annotations.NullMarked;
