/** What keys and what stands behind them have lost for good, kept outside of the store. */
@NullMarked
package dev.keyway.core.history;

import org.jspecify.annotations.NullMarked;
