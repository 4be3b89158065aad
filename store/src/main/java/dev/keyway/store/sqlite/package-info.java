/** One SQLite file: its connections, its threads and its migrations. */
@NullMarked
package dev.keyway.store.sqlite;

import org.jspecify.annotations.NullMarked;
