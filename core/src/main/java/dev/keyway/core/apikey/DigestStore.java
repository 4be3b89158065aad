package dev.keyway.core.apikey;

import dev.keyway.core.change.Entity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the digests of keys and operator keys are kept, seen from the peppers they were made under.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must replace a digest only while the one it is renewed from stands and the key has not been
 *       revoked or deactivated, and must change nothing else: a renewal is no change of rights;
 *   <li>must throw {@link dev.keyway.core.UnavailableException} when it cannot answer.
 * </ol>
 */
public interface DigestStore {

  /** How many living keys depend on each pepper version, by version; revoked ones need none. */
  List<PepperUse> useAt(Instant now);

  /** Replaces digests, all in one transaction. */
  void renew(List<Renewal> renewals);

  /**
   * Compares the marks of peppers ({@link Peppers#marks}) with those noted before, and notes those
   * that are new or that no key depends on.
   *
   * @param inUse versions that living keys depend on
   * @return the versions in use whose pepper is another than the one keys were made under
   */
  Set<Integer> noteMarks(Map<Integer, byte[]> marks, Set<Integer> inUse);

  /**
   * What depends on a pepper: keys that are neither revoked nor deactivated nor expired, and
   * operator keys that are not revoked.
   *
   * @param version {@link KeyDigest#NO_PEPPER} for keys that need none
   */
  record PepperUse(int version, long keys, long operatorKeys) {}

  /**
   * A digest of the same secret under a newer pepper.
   *
   * @param key a key or an operator key
   */
  record Renewal(Entity key, KeyDigest from, KeyDigest to) {}
}
