package dev.keyway.core.verify;

import dev.keyway.core.apikey.ApiKeyId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the {@link Verifier} finds keys: memory in front of a store.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must never return a key that is not current by {@link VerifiableKey#isCurrent};
 *   <li>must not block or allocate in {@link #ifCached};
 *   <li>must throw {@link dev.keyway.core.UnavailableException} when it cannot tell.
 * </ol>
 */
public interface VerifiableKeys {

  /** The key from memory; null when it is not there, whether it exists or not. */
  @Nullable VerifiableKey ifCached(ApiKeyId id);

  /** The key as the store has it, whatever is in memory; empty when it does not exist. */
  Optional<VerifiableKey> find(ApiKeyId id);
}
