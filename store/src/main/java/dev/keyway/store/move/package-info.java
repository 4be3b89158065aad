/** How the rows of a SQLite store get into a PostgreSQL database, all of them or no start. */
@NullMarked
package dev.keyway.store.move;

import org.jspecify.annotations.NullMarked;
