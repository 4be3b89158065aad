@NullMarked
package dev.keyway.store.postgres;

import org.jspecify.annotations.NullMarked;
