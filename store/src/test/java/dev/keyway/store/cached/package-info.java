@NullMarked
package dev.keyway.store.cached;

import org.jspecify.annotations.NullMarked;
