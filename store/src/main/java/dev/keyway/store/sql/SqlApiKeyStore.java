package dev.keyway.store.sql;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.apikey.KeyQuery;
import dev.keyway.core.apikey.KeySort;
import dev.keyway.core.apikey.KeyStatus;
import dev.keyway.core.apikey.ListedKey;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Change.Direction;
import dev.keyway.core.change.Entity;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.core.verify.VerifiableKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keys in SQL. */
public final class SqlApiKeyStore implements ApiKeyStore {
  /** A bulk revoke of more keys names what they have in common, where there is such a thing. */
  private static final int MAX_NAMED_KEYS = 1_000;

  private final Transactions transactions;

  public SqlApiKeyStore(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * {@inheritDoc}
   *
   * @throws RefusedException.Conflict also when the maker or what the key would open has gone since
   *     the caller looked
   */
  @Override
  public boolean create(ApiKey key, @Nullable Integer maxActive, AuditEvent event) {
    return transactions.write(handle -> {
      if (isWithoutGround(handle, key)) {
        throw RefusedException.Conflict.with(
            "The account, or what the key would open, is no longer there.");
      }
      Integer slot = maxActive == null ? null : KeySlots.take(handle, key, maxActive);
      if (maxActive != null && slot == null) {
        return false;
      }
      KeyRows.insert(handle, key, slot);
      AuditRows.insert(handle, event);
      return true;
    });
  }

  @Override
  public Optional<ListedKey> find(ApiKeyId id) {
    return transactions.read(handle -> KeyRows.findListed(handle, id));
  }

  @Override
  public List<ListedKey> findAll(Set<ApiKeyId> ids) {
    return ids.isEmpty() ? List.of() : transactions.read(handle -> KeyRows.findListed(handle, ids));
  }

  @Override
  public Optional<VerifiableKey> findForVerification(ApiKeyId id) {
    return transactions.read(handle -> KeyRows.findForVerification(handle, id));
  }

  @Override
  public Page<ListedKey> list(KeyQuery query, KeySort sort, PageRequest page) {
    Conditions conditions = KeyConditions.of(query);
    return transactions.read(handle -> KeyRows.listing(sort).page(handle, conditions, page));
  }

  @Override
  public int count(KeyQuery query) {
    Conditions conditions = KeyConditions.of(query);
    return transactions.read(handle -> KeyRows.count(handle, conditions));
  }

  @Override
  public Optional<ApiKey> describe(
      ApiKeyId id,
      @Nullable String name,
      @Nullable String description,
      Precondition precondition,
      AuditEvent event) {
    return transactions.write(handle ->
        KeyRows.find(handle, id)
            .map(key -> {
              precondition.check(key.version());
              AuditRows.insert(handle, event);
              return KeyRows.update(handle, changed(key, name, description, key.expiresAt()));
            }));
  }

  @Override
  public Optional<Change> expireEarlier(
      ApiKeyId id,
      @Nullable String name,
      @Nullable String description,
      Instant expiresAt,
      Precondition precondition,
      AuditEvent event) {
    return transactions.write(handle ->
        KeyRows.find(handle, id)
            .map(key -> {
              precondition.check(key.version(), key, changed(key, name, description, expiresAt));
              Instant earlier = earlier(key.expiresAt(), expiresAt);
              KeyRows.update(handle, changed(key, name, description, earlier));
              AuditRows.insert(handle, event);
              return narrow(handle, key, event.at());
            }));
  }

  @Override
  public Optional<Change> revoke(
      ApiKeyId id, Instant at, Precondition precondition, AuditEvent event) {
    return transactions.write(handle ->
        KeyRows.find(handle, id)
            .map(key -> {
              if (key.revokedAt() != null) {
                return changeThatRevoked(handle, id);
              }
              precondition.check(key.version());
              Change change = narrow(handle, key, at);
              KeyEnds.revoke(handle, KeyEnds.only(id), at, change.seq());
              AuditRows.insert(handle, event);
              return change;
            }));
  }

  @Override
  public Optional<Change> revocationOf(ApiKeyId id) {
    return transactions.read(handle ->
        KeyRows.find(handle, id)
            .filter(key -> key.revokedAt() != null)
            .map(_ -> changeThatRevoked(handle, id)));
  }

  @Override
  public Change revokeAll(Selection selection, Instant at, AuditEvent event) {
    return transactions.write(handle -> {
      // Those revoked already too: an earlier bulk revoke may not have been confirmed.
      KeyEnds.Found found = KeyEnds.find(handle, KeyConditions.of(selection), at);
      Change change =
          Changes.write(handle, Direction.NARROWS, at, found.active(), entities(selection, found));
      KeyEnds.revoke(handle, KeyConditions.of(selection), at, change.seq());
      AuditRows.insert(handle, event);
      return change;
    });
  }

  private static boolean isWithoutGround(Handle handle, ApiKey key) {
    WorkspaceId workspace = key.workspace();
    ApiKeyId maker = key.createdByKey();
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM account a
                WHERE a.id = :createdBy AND a.status <> 'active')
              OR EXISTS (SELECT 1 FROM workspace w
                WHERE w.id IN (:workspace, :scope) AND w.deleted_at IS NOT NULL)
              OR EXISTS (SELECT 1 FROM membership m
                WHERE m.workspace_id IN (:workspace, :scope) AND m.account_id = :createdBy
                  AND m.left_at IS NOT NULL)
              OR EXISTS (SELECT 1 FROM resource r
                WHERE r.id = :scope AND r.deleted_at IS NOT NULL)
              OR EXISTS (SELECT 1 FROM api_key k WHERE k.id = :maker
                AND (k.revoked_at IS NOT NULL OR k.deactivated_at IS NOT NULL))
            """)
        .bind("createdBy", key.createdBy().text())
        .bind("workspace", workspace == null ? null : workspace.text())
        .bind("scope", key.scope().id())
        .bind("maker", maker == null ? null : maker.toString())
        .mapTo(Boolean.class)
        .one();
  }

  private static Change narrow(Handle handle, ApiKey key, Instant at) {
    int active = key.statusAt(at) == KeyStatus.ACTIVE ? 1 : 0;
    return Changes.write(
        handle,
        Direction.NARROWS,
        at,
        active,
        List.of(new Entity(Entity.Kind.KEY, key.id().toString())));
  }

  private static Change changeThatRevoked(Handle handle, ApiKeyId id) {
    long seq =
        handle
            .createQuery("SELECT revoked_seq FROM api_key WHERE id = :id")
            .bind("id", id.toString())
            .mapTo(Long.class)
            .one();
    return Changes.find(handle, seq).orElseThrow();
  }

  private static List<Entity> entities(Selection selection, KeyEnds.Found found) {
    WorkspaceId workspace = selection.workspace();
    var account = selection.account();
    boolean isWhole = selection.createdByKey() == null;
    if (found.ids().size() <= MAX_NAMED_KEYS || !isWhole) {
      return found.entities();
    }
    if (workspace != null && account == null) {
      return List.of(new Entity(Entity.Kind.WORKSPACE, workspace.text()));
    }
    if (account != null && workspace == null) {
      return List.of(new Entity(Entity.Kind.ACCOUNT, account.text()));
    }
    return found.entities();
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one != null && one.isBefore(other) ? one : other;
  }

  /** The key with what is named changed; null leaves a part as it is. */
  private static ApiKey changed(
      ApiKey key,
      @Nullable String name,
      @Nullable String description,
      @Nullable Instant expiresAt) {
    return new ApiKey(
        key.id(),
        key.product(),
        name == null ? key.name() : name,
        description == null ? key.description() : description,
        key.scope(),
        key.createdBy(),
        key.workspace(),
        key.createdByKey(),
        key.digest(),
        key.suffix(),
        key.createdAt(),
        expiresAt,
        key.revokedAt(),
        key.deactivatedAt(),
        key.version());
  }
}
