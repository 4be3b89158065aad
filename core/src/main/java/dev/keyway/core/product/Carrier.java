package dev.keyway.core.product;

import org.jspecify.annotations.Nullable;

/**
 * A place where a product accepts its keys.
 *
 * @param parameter the query parameter's name; null for the other places
 */
public record Carrier(Place place, @Nullable String parameter) {

  /** The places of a request that can carry a key. */
  public enum Place {
    /** {@code Authorization: Bearer} (RFC 6750). */
    BEARER,
    /** {@code Authorization: Basic}, key id and key (RFC 7617). */
    BASIC,
    X_API_KEY,
    QUERY,
    /** {@code Authorization} with a scheme that no product accepts. */
    OTHER_SCHEME,
    /** No request at all: somebody who has the key asks about it. Every product accepts it. */
    DIRECT
  }
}
