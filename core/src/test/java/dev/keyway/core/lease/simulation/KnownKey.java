package dev.keyway.core.lease.simulation;

import dev.keyway.core.change.Change;
import dev.keyway.core.verify.VerifiableKey;
import org.jspecify.annotations.Nullable;

/**
 * A key as it was read.
 *
 * @param key carries the head at which it was
 * @param revocation null while it is good
 */
record KnownKey(VerifiableKey key, @Nullable Change revocation) {
  boolean isGood() {
    return revocation == null;
  }
}
