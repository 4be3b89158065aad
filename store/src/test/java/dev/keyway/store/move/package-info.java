@NullMarked
package dev.keyway.store.move;

import org.jspecify.annotations.NullMarked;
