/** People who sign in: passwords and sessions. */
@NullMarked
package dev.keyway.core.session;

import org.jspecify.annotations.NullMarked;
