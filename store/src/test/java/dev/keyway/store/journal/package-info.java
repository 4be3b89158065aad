@NullMarked
package dev.keyway.store.journal;

import org.jspecify.annotations.NullMarked;
