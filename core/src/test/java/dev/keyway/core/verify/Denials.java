package dev.keyway.core.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Lets tests of stores ask what only the {@link Verifier} asks. */
public final class Denials {
  private Denials() {}

  /** The first reason not to accept the key as such; null when there is none. */
  public static @Nullable DenialReason of(VerifiableKey key, Instant now) {
    return key.denialAt(now.toEpochMilli());
  }
}
