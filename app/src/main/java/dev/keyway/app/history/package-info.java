/** The journal of tombstones: written while a node runs, read when its store has lost history. */
@NullMarked
package dev.keyway.app.history;

import org.jspecify.annotations.NullMarked;
