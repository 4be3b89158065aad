package dev.keyway.store.sql;

import dev.keyway.core.Texts;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.apikey.KeySort;
import dev.keyway.core.apikey.ListedKey;
import dev.keyway.core.apikey.Scope;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.store.sql.Listing.Ranking;
import dev.keyway.store.sql.Listing.Way;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows of keys, written and read. */
final class KeyRows {
  /** One statement, and so one snapshot, for all that a decision needs. */
  static final String FOR_VERIFICATION =
      """
      SELECT k.*, a.status AS account_status, w.plan AS workspace_plan, e.head
      FROM api_key k
      CROSS JOIN epoch e
      LEFT JOIN account a ON a.id = k.created_by
      LEFT JOIN workspace w ON w.id = k.workspace_id
      WHERE k.id = :id
      """;

  private static final String FROM = " FROM api_key k LEFT JOIN key_usage u ON u.key_id = k.id";

  private KeyRows() {}

  static Listing<ListedKey> listing(KeySort sort) {
    return new Listing<>(
        "SELECT k.*, u.last_used_at" + FROM, ranking(sort), (row, _) -> listed(row), sort::cursor);
  }

  private static Ranking ranking(KeySort sort) {
    String column =
        switch (sort.by()) {
          case CREATED_AT -> "k.created_at";
          case NAME -> "k.name_key";
          case EXPIRES_AT -> "k.expires_at";
          case LAST_USED_AT -> "u.last_used_at";
        };
    return new Ranking(
        column,
        "k.id",
        sort.direction() == KeySort.Direction.ASCENDING ? Way.ASC : Way.DESC,
        sort.order().presence());
  }

  static int count(Handle handle, Conditions conditions) {
    return conditions
        .bindTo(handle.createQuery("SELECT COUNT(*)" + FROM + " WHERE " + conditions.sql()))
        .mapTo(Integer.class)
        .one();
  }

  static Optional<ListedKey> findListed(Handle handle, ApiKeyId id) {
    return handle
        .createQuery("SELECT k.*, u.last_used_at" + FROM + " WHERE k.id = :id")
        .bind("id", id.toString())
        .map((row, _) -> listed(row))
        .findOne();
  }

  static List<ListedKey> findListed(Handle handle, Set<ApiKeyId> ids) {
    return handle
        .createQuery("SELECT k.*, u.last_used_at" + FROM + " WHERE k.id IN (<ids>)")
        .bindList("ids", ids.stream().map(ApiKeyId::toString).toList())
        .map((row, _) -> listed(row))
        .list();
  }

  static Optional<ApiKey> find(Handle handle, ApiKeyId id) {
    return handle
        .createQuery("SELECT k.* FROM api_key k WHERE k.id = :id")
        .bind("id", id.toString())
        .map((row, _) -> key(row))
        .findOne();
  }

  static Optional<VerifiableKey> findForVerification(Handle handle, ApiKeyId id) {
    return handle
        .createQuery(FOR_VERIFICATION)
        .bind("id", id.toString())
        .map((row, _) -> verifiable(row))
        .findOne();
  }

  static void insert(Handle handle, ApiKey key, @Nullable Integer slot) {
    WorkspaceId workspace = key.workspace();
    ApiKeyId maker = key.createdByKey();
    handle
        .createUpdate(
            """
            INSERT INTO api_key (id, product, name, name_key, description, search_text, scope_kind, scope_id,
              slot, created_by, workspace_id, created_by_key, pepper_version, digest, suffix,
              created_at, expires_at, version)
            VALUES (:id, :product, :name, :nameKey, :description, :searchText, :scopeKind, :scopeId,
              :slot, :createdBy, :workspace, :createdByKey, :pepperVersion, :digest, :suffix,
              :createdAt, :expiresAt, :version)
            """)
        .bind("id", key.id().toString())
        .bind("product", key.product())
        .bind("name", key.name())
        .bind("nameKey", nameKey(key.name()))
        .bind("description", key.description())
        .bind("searchText", searchText(key.id(), key.name(), key.description()))
        .bind("scopeKind", key.scope().kind().text())
        .bind("scopeId", key.scope().id())
        .bind("slot", slot)
        .bind("createdBy", key.createdBy().text())
        .bind("workspace", workspace == null ? null : workspace.text())
        .bind("createdByKey", maker == null ? null : maker.toString())
        .bind("pepperVersion", key.digest().pepperVersion())
        .bind("digest", key.digest().toByteArray())
        .bind("suffix", key.suffix())
        .bind("createdAt", key.createdAt().toEpochMilli())
        .bind("expiresAt", Columns.millis(key.expiresAt()))
        .bind("version", key.version())
        .execute();
  }

  /** Changes what may be changed of a living key. */
  static ApiKey update(Handle handle, ApiKey changed) {
    handle
        .createUpdate(
            """
            UPDATE api_key SET name = :name, name_key = :nameKey, description = :description,
              search_text = :searchText, expires_at = :expiresAt, version = version + 1
            WHERE id = :id
            """)
        .bind("name", changed.name())
        .bind("nameKey", nameKey(changed.name()))
        .bind("description", changed.description())
        .bind("searchText", searchText(changed.id(), changed.name(), changed.description()))
        .bind("expiresAt", Columns.millis(changed.expiresAt()))
        .bind("id", changed.id().toString())
        .execute();
    return find(handle, changed.id()).orElseThrow();
  }

  private static @Nullable String nameKey(@Nullable String name) {
    return name == null ? null : Texts.folded(name);
  }

  private static String searchText(
      ApiKeyId id, @Nullable String name, @Nullable String description) {
    return Texts.folded(
        (name == null ? "" : name)
            + "\n"
            + (description == null ? "" : description)
            + "\n"
            + id.characters());
  }

  private static VerifiableKey verifiable(ResultSet row) throws SQLException {
    return new VerifiableKey(
        key(row),
        Account.Status.ACTIVE.text().equals(row.getString("account_status")),
        interned(row.getString("workspace_plan")),
        row.getLong("head"));
  }

  private static ListedKey listed(ResultSet row) throws SQLException {
    return new ListedKey(key(row), Columns.instantOrNull(row, "last_used_at"));
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    String account = row.getString("created_by");
    String workspace = row.getString("workspace_id");
    String maker = row.getString("created_by_key");
    String scope = row.getString("scope_id");
    return new ApiKey(
        id(row.getString("id")),
        row.getString("product").intern(),
        row.getString("name"),
        row.getString("description"),
        new Scope(
            Columns.constant(ScopeKind.class, row, "scope_kind"), oneOf(scope, account, workspace)),
        new AccountId(account),
        workspace == null ? null : new WorkspaceId(workspace),
        maker == null ? null : id(maker),
        new KeyDigest(row.getInt("pepper_version"), row.getBytes("digest")),
        row.getString("suffix"),
        Columns.instant(row, "created_at"),
        Columns.instantOrNull(row, "expires_at"),
        Columns.instantOrNull(row, "revoked_at"),
        Columns.instantOrNull(row, "deactivated_at"),
        row.getLong("version"));
  }

  /** One of a handful of names, and held by every key in memory. */
  private static @Nullable String interned(@Nullable String name) {
    return name == null ? null : name.intern();
  }

  /** Most scopes are the key's own account or workspace: a key in memory holds that text once. */
  private static String oneOf(String scope, String account, @Nullable String workspace) {
    if (scope.equals(account)) {
      return account;
    }
    return workspace != null && scope.equals(workspace) ? workspace : scope;
  }

  private static ApiKeyId id(String text) {
    return ApiKeyId.parse(text).orElseThrow();
  }
}
