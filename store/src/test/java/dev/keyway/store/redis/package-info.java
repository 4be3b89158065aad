@NullMarked
package dev.keyway.store.redis;

import org.jspecify.annotations.NullMarked;
