package dev.keyway.core.session;

import org.jspecify.annotations.Nullable;

/**
 * Hashes people's passwords, slowly on purpose (RFC 9106); never keys.
 *
 * <p>{@link #hash} and {@link #compare} do the work of one hash each, whatever they are given. They
 * may block, and throw {@link dev.keyway.core.RefusedException.RateLimited} when too many are
 * waiting.
 */
public interface PasswordHasher {

  /**
   * The hash in its own text form, with its parameters and salt.
   *
   * @param sibling a hash to share the salt with, so that one comparison will do for both; null for
   *     a salt of its own
   */
  String hash(Password password, @Nullable String sibling);

  /**
   * Works a password through once, to be held against hashes.
   *
   * @param model one of those hashes; null when there is none to hold it against, which must take
   *     as long
   */
  Comparison compare(Password password, @Nullable String model);

  /** A password that was worked through. */
  @FunctionalInterface
  interface Comparison {

    /** Whether it is the one that was hashed; never for a hash with another salt, nor for none. */
    boolean fits(@Nullable String hash);
  }
}
