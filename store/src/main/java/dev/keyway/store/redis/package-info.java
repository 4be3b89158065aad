/** Limits of several nodes, counted in Redis or Valkey. */
@NullMarked
package dev.keyway.store.redis;

import org.jspecify.annotations.NullMarked;
