/** What one installation has of its own, whatever its products. */
@NullMarked
package dev.keyway.core.installation;

import org.jspecify.annotations.NullMarked;
