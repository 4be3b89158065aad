package dev.keyway.core;

import org.jspecify.annotations.Nullable;

/**
 * What {@code If-Match} asks of the version a change finds (RFC 9110, 13.1.1).
 *
 * @param version the only version to change; null to change any
 */
public record Precondition(@Nullable Long version) {
  public static final Precondition NONE = new Precondition(null);

  /** Refuses the change when {@code found} is not the version asked for. */
  public void check(long found) {
    if (version != null && version != found) {
      throw new RefusedException.PreconditionFailed();
    }
  }
}
