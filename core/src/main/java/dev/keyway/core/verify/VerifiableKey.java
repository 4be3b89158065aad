package dev.keyway.core.verify;

import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.change.Entity;
import dev.keyway.core.limit.CountedBy;
import dev.keyway.core.limit.LimitedCaller;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision about a key needs, as it stood in one snapshot at one head of the change
 * sequence.
 */
public final class VerifiableKey extends LimitedCaller {
  private static final long NEVER = Long.MAX_VALUE;

  private final ApiKey key;
  private final boolean accountActive;
  private final @Nullable String plan;
  private final long asOf;
  private final long expiresAtMillis;
  private final int keySlot;
  private final int accountSlot;
  private final int workspaceSlot;
  private final int scopeSlot;

  /**
   * A key with what it depends on.
   *
   * @param accountActive whether the account the key acts for is neither suspended nor deleted
   * @param plan the plan of the key's workspace; null when it has none
   * @param asOf the head of the change sequence in the snapshot
   */
  public VerifiableKey(ApiKey key, boolean accountActive, @Nullable String plan, long asOf) {
    this.key = key;
    this.accountActive = accountActive;
    this.plan = plan;
    this.asOf = asOf;
    var expiresAt = key.expiresAt();
    this.expiresAtMillis = expiresAt == null ? NEVER : expiresAt.toEpochMilli();
    this.keySlot = ChangeSlots.slotOf(Entity.Kind.KEY, key.id().toString());
    this.accountSlot = ChangeSlots.slotOf(Entity.Kind.ACCOUNT, key.createdBy().text());
    var workspace = key.workspace();
    // Without a workspace the slot of the key stands in, so that the check has no branch.
    this.workspaceSlot =
        workspace == null ? keySlot : ChangeSlots.slotOf(Entity.Kind.WORKSPACE, workspace.text());
    this.scopeSlot = ChangeSlots.slotOf(kindOf(key.scope().kind()), key.scope().id());
  }

  public ApiKey key() {
    return key;
  }

  /** The plan of the key's workspace; null when it has none. */
  @Override
  public @Nullable String plan() {
    return plan;
  }

  /** The head of the change sequence at which this was read. */
  public long asOf() {
    return asOf;
  }

  /** When the key ceases to be valid, in epoch milliseconds; the greatest long for never. */
  public long expiresAtMillis() {
    return expiresAtMillis;
  }

  @Override
  protected String idOf(CountedBy by) {
    return switch (by) {
      case KEY -> key.id().toString();
      case MEMBER -> key.createdBy().text();
      case WORKSPACE -> {
        var workspace = key.workspace();
        yield workspace == null ? key.createdBy().text() : workspace.text();
      }
      case PLAN -> key.product() + "/" + plan;
    };
  }

  /** Whether no change since {@link #asOf()} has touched what this depends on. */
  public boolean isCurrent(ChangeSlots slots) {
    return slots.latest(keySlot) <= asOf
        && slots.latest(accountSlot) <= asOf
        && slots.latest(workspaceSlot) <= asOf
        && slots.latest(scopeSlot) <= asOf;
  }

  /** Whether a change to {@code entity} can concern this key. */
  public boolean dependsOn(Entity entity) {
    return switch (entity.kind()) {
      case KEY -> entity.id().equals(key.id().toString());
      case ACCOUNT -> entity.id().equals(key.createdBy().text()) || isScope(entity);
      case WORKSPACE -> {
        var workspace = key.workspace();
        yield (workspace != null && entity.id().equals(workspace.text())) || isScope(entity);
      }
      case RESOURCE -> isScope(entity);
      case OPERATOR_KEY -> false;
    };
  }

  /** The first reason not to accept the key as such at an instant; null when there is none. */
  @Nullable DenialReason denialAt(long nowMillis) {
    if (key.revokedAt() != null) {
      return DenialReason.REVOKED;
    }
    if (key.deactivatedAt() != null || !accountActive) {
      return DenialReason.DEACTIVATED;
    }
    return nowMillis >= expiresAtMillis ? DenialReason.EXPIRED : null;
  }

  private boolean isScope(Entity entity) {
    return kindOf(key.scope().kind()) == entity.kind() && entity.id().equals(key.scope().id());
  }

  private static Entity.Kind kindOf(ScopeKind kind) {
    return switch (kind) {
      case ACCOUNT -> Entity.Kind.ACCOUNT;
      case WORKSPACE -> Entity.Kind.WORKSPACE;
      case RESOURCE -> Entity.Kind.RESOURCE;
    };
  }

  @Override
  public String toString() {
    return "VerifiableKey[" + key.id() + " as of " + asOf + "]";
  }
}
