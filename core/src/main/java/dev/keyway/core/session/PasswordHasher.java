package dev.keyway.core.session;

import org.jspecify.annotations.Nullable;

/**
 * Hashes people's passwords, slowly on purpose (RFC 9106); never keys.
 *
 * <p>Both calls may block, and throw {@link dev.keyway.core.RefusedException.RateLimited} when too
 * many are waiting.
 */
public interface PasswordHasher {

  /** The hash in its own text form, with its parameters and salt. */
  String hash(String password);

  /**
   * Whether the password is the one that was hashed.
   *
   * @param hash null when there is no such account or it has no password; the work done is the
   *     same, and the answer is no
   */
  boolean matches(String password, @Nullable String hash);
}
