package dev.keyway.store.sql;

import dev.keyway.core.Cursor;
import dev.keyway.core.Texts;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.apikey.ListedKey;
import dev.keyway.core.apikey.Scope;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.core.verify.VerifiableKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
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

  static final Listing<ListedKey> LISTING =
      new Listing<>(
          "SELECT k.*, u.last_used_at FROM api_key k LEFT JOIN key_usage u ON u.key_id = k.id",
          "k.created_at",
          "k.id",
          (row, _) -> new ListedKey(key(row), Columns.instantOrNull(row, "last_used_at")),
          listed -> new Cursor(listed.key().createdAt(), listed.key().id().toString()));

  private KeyRows() {}

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
            INSERT INTO api_key (id, product, name, description, search_text, scope_kind, scope_id,
              slot, created_by, workspace_id, created_by_key, pepper_version, digest, suffix,
              created_at, expires_at, version)
            VALUES (:id, :product, :name, :description, :searchText, :scopeKind, :scopeId,
              :slot, :createdBy, :workspace, :createdByKey, :pepperVersion, :digest, :suffix,
              :createdAt, :expiresAt, :version)
            """)
        .bind("id", key.id().toString())
        .bind("product", key.product())
        .bind("name", key.name())
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
            UPDATE api_key SET name = :name, description = :description,
              search_text = :searchText, expires_at = :expiresAt, version = version + 1
            WHERE id = :id
            """)
        .bind("name", changed.name())
        .bind("description", changed.description())
        .bind("searchText", searchText(changed.id(), changed.name(), changed.description()))
        .bind("expiresAt", Columns.millis(changed.expiresAt()))
        .bind("id", changed.id().toString())
        .execute();
    return find(handle, changed.id()).orElseThrow();
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
        row.getString("workspace_plan"),
        row.getLong("head"));
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    String workspace = row.getString("workspace_id");
    String maker = row.getString("created_by_key");
    return new ApiKey(
        id(row.getString("id")),
        // One of a handful of slugs, and held by every key in memory.
        row.getString("product").intern(),
        row.getString("name"),
        row.getString("description"),
        new Scope(Columns.constant(ScopeKind.class, row, "scope_kind"), row.getString("scope_id")),
        new AccountId(row.getString("created_by")),
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

  private static ApiKeyId id(String text) {
    return ApiKeyId.parse(text).orElseThrow();
  }
}
