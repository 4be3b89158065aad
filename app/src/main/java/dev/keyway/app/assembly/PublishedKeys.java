package dev.keyway.app.assembly;

import dev.keyway.core.installation.SigningKeyStore;
import dev.keyway.server.door.SigningKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The public signing keys of all nodes, as each of them shows them: what one has signed can be
 * checked by whoever asks another.
 */
final class PublishedKeys {
  /** How often a key is said to be in use. */
  static final Duration INTERVAL = Duration.ofMinutes(1);

  /** Longer than a store is out, and than clocks differ. */
  private static final Duration KEPT = Duration.ofDays(1);

  private final SigningKey own;
  private final SigningKeyStore store;
  private final InstantSource clock;
  private volatile String jwks;

  PublishedKeys(SigningKey own, SigningKeyStore store, InstantSource clock) {
    this.own = own;
    this.store = store;
    this.clock = clock;
    this.jwks = own.jwks(List.of());
  }

  /** As a JWK set (RFC 7517), from memory. */
  String jwks() {
    return jwks;
  }

  /** Says that this node signs with its key; before it signs, and each {@link #INTERVAL}. */
  void publish() {
    store.publish(own.id(), own.jwk(), clock.instant());
    store.forget(clock.instant().minus(KEPT));
  }

  /** Reads what the others sign with. */
  void read() {
    jwks = own.jwks(store.publishedSince(clock.instant().minus(KEPT)));
  }
}
