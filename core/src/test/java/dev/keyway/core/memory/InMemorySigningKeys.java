package dev.keyway.core.memory;

import dev.keyway.core.installation.SigningKeyStore;
import java.time.Instant;
import java.util.List;

final class InMemorySigningKeys implements SigningKeyStore {
  private final Memory memory;

  InMemorySigningKeys(Memory memory) {
    this.memory = memory;
  }

  /** A public key, and when it was last published. */
  record Published(String jwk, Instant at) {}

  @Override
  public void publish(String id, String jwk, Instant at) {
    synchronized (memory) {
      memory.signingKeys.merge(
          id,
          new Published(jwk, at),
          (known, again) -> again.at().isAfter(known.at()) ? again : known);
    }
  }

  @Override
  public List<String> publishedSince(Instant instant) {
    synchronized (memory) {
      return memory.signingKeys.values().stream()
          .filter(key -> !key.at().isBefore(instant))
          .map(Published::jwk)
          .toList();
    }
  }

  @Override
  public void forget(Instant before) {
    synchronized (memory) {
      memory.signingKeys.values().removeIf(key -> key.at().isBefore(before));
    }
  }
}
