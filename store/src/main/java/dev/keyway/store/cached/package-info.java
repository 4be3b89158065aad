/** Memory in front of a store of keys. */
@NullMarked
package dev.keyway.store.cached;

import org.jspecify.annotations.NullMarked;
