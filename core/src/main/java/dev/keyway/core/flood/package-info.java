/** What keys that nobody knows may cost: bounds on the look-ups they cause. */
@NullMarked
package dev.keyway.core.flood;

import org.jspecify.annotations.NullMarked;
