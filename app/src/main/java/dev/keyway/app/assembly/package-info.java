/** The program put together: every object is made here, in the order in which it is needed. */
@NullMarked
package dev.keyway.app.assembly;

import org.jspecify.annotations.NullMarked;
