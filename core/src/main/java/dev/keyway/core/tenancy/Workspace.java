package dev.keyway.core.tenancy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place that members share in one product.
 *
 * @param plan one of the product's plans; null where the product has none
 * @param version counts its changes, from 1
 */
public record Workspace(
    WorkspaceId id,
    String product,
    String name,
    @Nullable String plan,
    Instant createdAt,
    long version) {}
