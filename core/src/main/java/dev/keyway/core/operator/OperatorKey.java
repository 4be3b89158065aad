package dev.keyway.core.operator;

import dev.keyway.core.apikey.KeyDigest;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key of the people and backends that run a product: it calls the management API for any account.
 *
 * @param products slugs it is limited to; empty for all
 */
public record OperatorKey(
    OperatorKeyId id,
    String name,
    Set<Right> rights,
    Set<String> products,
    KeyDigest digest,
    Instant createdAt,
    @Nullable Instant revokedAt) {
  /** What every operator key begins with; no product may use it. */
  public static final String KEY_PREFIX = "kwo_";

  public OperatorKey {
    rights = Set.copyOf(rights);
    products = Set.copyOf(products);
  }
}
