/** Files beside the database that outlast it. */
@NullMarked
package dev.keyway.store.journal;

import org.jspecify.annotations.NullMarked;
