/** How a presented credential becomes a decision. */
@NullMarked
package dev.keyway.core.verify;

import org.jspecify.annotations.NullMarked;
