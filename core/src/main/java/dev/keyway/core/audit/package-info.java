/** The trail of changes and refused calls. */
@NullMarked
package dev.keyway.core.audit;

import org.jspecify.annotations.NullMarked;
