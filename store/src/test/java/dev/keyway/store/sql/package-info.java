@NullMarked
package dev.keyway.store.sql;

import org.jspecify.annotations.NullMarked;
