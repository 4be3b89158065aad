package dev.keyway.core.apikey;

import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which keys a list shows; every part narrows it, and null or an empty set does not.
 *
 * @param resource keys that open this resource
 * @param createdBy keys of this account
 * @param statuses the statuses at {@code now} to show
 * @param withoutEnded slugs of products whose revoked and deactivated keys are left out (MEMO-10)
 * @param expiresBefore active keys that expire before this instant
 * @param idleSince keys not used since this instant; one never used counts from when it was made
 * @param text found in the name, the description or the id without its {@code key_}, whatever its
 *     case; a whole id stands for itself
 */
public record KeyQuery(
    Visibility visibility,
    @Nullable String product,
    @Nullable WorkspaceId workspace,
    @Nullable ResourceId resource,
    @Nullable AccountId createdBy,
    Set<KeyStatus> statuses,
    Set<String> withoutEnded,
    @Nullable Instant expiresBefore,
    @Nullable Instant idleSince,
    @Nullable String text,
    Instant now) {
  public KeyQuery {
    String wanted = text;
    // All ids begin alike, so that part of one is only looked for in what differs.
    text = wanted == null ? null : ApiKeyId.parse(wanted).map(ApiKeyId::characters).orElse(wanted);
  }

  /**
   * The active keys of a workspace, whoever looks.
   *
   * @param createdBy those of this account; null for all
   */
  public static KeyQuery activeIn(
      WorkspaceId workspace, @Nullable AccountId createdBy, Instant now) {
    return new KeyQuery(
        new Visibility.Products(Set.of()),
        null,
        workspace,
        null,
        createdBy,
        Set.of(KeyStatus.ACTIVE),
        Set.of(),
        null,
        null,
        null,
        now);
  }

  /** Who looks, and so which keys exist for them at all. */
  public sealed interface Visibility {
    /** An operator's view; an empty set means every product. */
    record Products(Set<String> slugs) implements Visibility {}

    /** A person's: the keys they made, and all of the workspaces they own (MEMO-7). */
    record Person(AccountId account, Set<WorkspaceId> owned) implements Visibility {}

    /** A product key's: its creator's keys in its own scope. */
    record InScope(AccountId account, Scope scope) implements Visibility {}
  }
}
