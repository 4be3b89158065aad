/** How long the program takes from its start to the first verified request. */
@NullMarked
package dev.keyway.bench.start;

import org.jspecify.annotations.NullMarked;
