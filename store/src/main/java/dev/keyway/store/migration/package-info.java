/** How a database gets this program's tables. */
@NullMarked
package dev.keyway.store.migration;

import org.jspecify.annotations.NullMarked;
