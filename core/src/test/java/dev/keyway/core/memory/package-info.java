/** The ports over plain maps: the reference that reads like the ports' own words. */
@NullMarked
package dev.keyway.core.memory;

import org.jspecify.annotations.NullMarked;
