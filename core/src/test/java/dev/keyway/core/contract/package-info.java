/** What every store has to do, as tests that each of them runs, and what those tests stand on. */
@NullMarked
package dev.keyway.core.contract;

import org.jspecify.annotations.NullMarked;
