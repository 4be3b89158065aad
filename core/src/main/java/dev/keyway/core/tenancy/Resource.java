package dev.keyway.core.tenancy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something a product's keys can be scoped to, such as a project (LAKE-4) or a datapack (MEKO-7).
 *
 * @param workspace the owner, when a workspace owns it
 * @param account the owner, when an account owns it; exactly one of the two is set
 * @param kind the product's own word for it
 */
public record Resource(
    ResourceId id,
    String product,
    @Nullable WorkspaceId workspace,
    @Nullable AccountId account,
    String kind,
    String name,
    Instant createdAt) {}
