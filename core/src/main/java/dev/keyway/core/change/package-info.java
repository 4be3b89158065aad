/** The one mechanism by which a change of rights takes effect at once. */
@NullMarked
package dev.keyway.core.change;

import org.jspecify.annotations.NullMarked;
