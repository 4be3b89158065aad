package dev.keyway.core.verify;

import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.apikey.Particulars;
import dev.keyway.core.apikey.Scope;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.change.Entity;
import dev.keyway.core.limit.CountedBy;
import dev.keyway.core.limit.LimitedCaller;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision about a key needs, as it stood in one snapshot at one head of the change
 * sequence.
 *
 * <p>It is what memory holds of a key, often of very many. So it keeps no {@link ApiKey}: what
 * decisions and the answers of doors ask for is at hand, and the rest is packed until {@link #key}
 * is asked.
 */
public final class VerifiableKey extends LimitedCaller {
  private static final long NEVER = Long.MAX_VALUE;

  private final ApiKeyId id;
  private final String product;
  private final String account;
  private final @Nullable String workspace;
  private final String scope;
  private final ScopeKind scopeKind;
  private final KeyDigest digest;
  private final byte[] particulars;
  private final @Nullable DenialReason ended;
  private final boolean accountActive;
  private final @Nullable String plan;
  private final long asOf;
  private final long expiresAtMillis;

  // The slots of the change sequence: 16 bits each.
  private final char keySlot;
  private final char accountSlot;
  private final char workspaceSlot;
  private final char scopeSlot;

  /**
   * A key with what it depends on.
   *
   * @param accountActive whether the account the key acts for is neither suspended nor deleted
   * @param plan the plan of the key's workspace; null when it has none
   * @param asOf the head of the change sequence in the snapshot
   */
  public VerifiableKey(ApiKey key, boolean accountActive, @Nullable String plan, long asOf) {
    this.id = key.id();
    this.product = key.product();
    this.account = key.createdBy().text();
    this.workspace = key.workspace() == null ? null : key.workspace().text();
    this.scope = key.scope().id();
    this.scopeKind = key.scope().kind();
    this.digest = key.digest();
    this.particulars = Particulars.of(key).pack();
    this.ended = endOf(key);
    this.accountActive = accountActive;
    this.plan = plan;
    this.asOf = asOf;
    this.expiresAtMillis = key.expiresAt() == null ? NEVER : key.expiresAt().toEpochMilli();
    this.keySlot = slotOf(Entity.Kind.KEY, id.toString());
    this.accountSlot = slotOf(Entity.Kind.ACCOUNT, account);
    // Without a workspace the slot of the key stands in, so that the check has no branch.
    this.workspaceSlot = workspace == null ? keySlot : slotOf(Entity.Kind.WORKSPACE, workspace);
    this.scopeSlot = slotOf(kindOf(scopeKind), scope);
  }

  private static char slotOf(Entity.Kind kind, String id) {
    return (char) ChangeSlots.slotOf(kind, id);
  }

  /** Why a key is refused for good; null while it is not. */
  private static @Nullable DenialReason endOf(ApiKey key) {
    if (key.revokedAt() != null) {
      return DenialReason.REVOKED;
    }
    return key.deactivatedAt() == null ? null : DenialReason.DEACTIVATED;
  }

  /** All about the key. It is put together for each call, so no door asks for it. */
  public ApiKey key() {
    Particulars rest = Particulars.unpack(particulars);
    return new ApiKey(
        id,
        product,
        rest.name(),
        rest.description(),
        new Scope(scopeKind, scope),
        new AccountId(account),
        workspace == null ? null : new WorkspaceId(workspace),
        rest.createdByKey(),
        digest,
        rest.suffix(),
        rest.createdAt(),
        expiresAtMillis == NEVER ? null : Instant.ofEpochMilli(expiresAtMillis),
        rest.revokedAt(),
        rest.deactivatedAt(),
        rest.version());
  }

  public ApiKeyId id() {
    return id;
  }

  /** The slug of its product. */
  public String product() {
    return product;
  }

  /** The id of the account it acts for. */
  public String account() {
    return account;
  }

  /** The id of the workspace it depends on; null when it has none. */
  public @Nullable String workspace() {
    return workspace;
  }

  /** The id of the one thing it opens. */
  public String scope() {
    return scope;
  }

  /** The resource it opens; null when its scope is another. */
  public @Nullable String resource() {
    return scopeKind == ScopeKind.RESOURCE ? scope : null;
  }

  public KeyDigest digest() {
    return digest;
  }

  /** Counts the key's changes, from 1. */
  public long version() {
    return Particulars.version(particulars);
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
      case KEY -> id.toString();
      case MEMBER -> account;
      case WORKSPACE -> workspace == null ? account : workspace;
      case PLAN -> product + "/" + plan;
    };
  }

  /** Whether no change since {@link #asOf()} has touched what this depends on. */
  public boolean isCurrent(ChangeSlots slots) {
    return slots.isLatest(asOf)
        || (slots.latest(keySlot) <= asOf
            && slots.latest(accountSlot) <= asOf
            && slots.latest(workspaceSlot) <= asOf
            && slots.latest(scopeSlot) <= asOf);
  }

  /** Whether a change to {@code entity} can concern this key. */
  public boolean dependsOn(Entity entity) {
    return switch (entity.kind()) {
      case KEY -> entity.id().equals(id.toString());
      case ACCOUNT -> entity.id().equals(account) || isScope(entity);
      case WORKSPACE -> entity.id().equals(workspace) || isScope(entity);
      case RESOURCE -> isScope(entity);
      case OPERATOR_KEY -> false;
    };
  }

  /** The first reason not to accept the key as such at an instant; null when there is none. */
  @Nullable DenialReason denialAt(long nowMillis) {
    if (ended != null) {
      return ended;
    }
    if (!accountActive) {
      return DenialReason.DEACTIVATED;
    }
    return nowMillis >= expiresAtMillis ? DenialReason.EXPIRED : null;
  }

  /** Whether the key itself is refused for good, whatever becomes of its account. */
  boolean hasEnded() {
    return ended != null;
  }

  private boolean isScope(Entity entity) {
    return kindOf(scopeKind) == entity.kind() && entity.id().equals(scope);
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
    return "VerifiableKey[" + id + " as of " + asOf + "]";
  }
}
