package dev.keyway.core.audit;

import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the trail to show; every part narrows, and null does not.
 *
 * @param from the earliest instant, inclusive
 * @param to the latest instant, exclusive
 */
public record AuditQuery(
    Visibility visibility,
    @Nullable String product,
    @Nullable String key,
    @Nullable String account,
    @Nullable String workspace,
    @Nullable String action,
    @Nullable Instant from,
    @Nullable Instant to) {

  /** Who looks. */
  public sealed interface Visibility {
    /** An operator's view; an empty set means every product. */
    record Products(Set<String> slugs) implements Visibility {}

    /** A person's: rows about their own keys, and of the workspaces they own. */
    record Person(AccountId account, Set<WorkspaceId> owned) implements Visibility {}
  }
}
