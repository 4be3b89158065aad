@NullMarked
package dev.keyway.store.sqlite;

import org.jspecify.annotations.NullMarked;
