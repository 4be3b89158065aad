package dev.keyway.core.installation;

import java.time.Instant;
import java.util.List;

/**
 * The public halves of the keys that the nodes sign identities with, so that each node can tell
 * whoever checks a signature of another one. The private halves are in no store.
 *
 * <p>An implementation must show a key that has been published to all who read later.
 */
public interface SigningKeyStore {

  /**
   * Publishes a key, or says that it is still in use.
   *
   * @param id its thumbprint (RFC 7638), the same for the same key only
   * @param jwk the public key as a JWK (RFC 7517)
   */
  void publish(String id, String jwk, Instant at);

  /**
   * The keys that were last published at an instant or later, as JWKs, in the order of their ids.
   */
  List<String> publishedSince(Instant instant);

  /** Forgets those that were last published before an instant. */
  void forget(Instant before);
}
