/** The ports in SQL that SQLite and PostgreSQL share. */
@NullMarked
package dev.keyway.store.sql;

import org.jspecify.annotations.NullMarked;
