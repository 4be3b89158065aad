package dev.keyway.store.sql;

import dev.keyway.core.Cursor;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Entity;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The rows of resources; those of deleted ones are kept and never shown. */
final class ResourceRows {
  static final Listing<Resource> LISTING =
      Listing.newestFirst(
          "SELECT r.* FROM resource r",
          "r.created_at",
          "r.id",
          (row, _) -> resource(row),
          resource -> new Cursor(resource.createdAt(), resource.id().text()));

  private ResourceRows() {}

  static void insert(Handle handle, Resource resource) {
    WorkspaceId workspace = resource.workspace();
    AccountId account = resource.account();
    handle
        .createUpdate(
            """
            INSERT INTO resource (id, product, workspace_id, account_id, kind, name, created_at)
            VALUES (:id, :product, :workspace, :account, :kind, :name, :createdAt)
            """)
        .bind("id", resource.id().text())
        .bind("product", resource.product())
        .bind("workspace", workspace == null ? null : workspace.text())
        .bind("account", account == null ? null : account.text())
        .bind("kind", resource.kind())
        .bind("name", resource.name())
        .bind("createdAt", resource.createdAt().toEpochMilli())
        .execute();
  }

  /** The resources that fulfil the conditions, on {@code resource r}, and are not deleted. */
  static List<Entity> living(Handle handle, Conditions conditions) {
    return conditions
        .bindTo(
            handle.createQuery(
                "SELECT r.id FROM resource r WHERE r.deleted_at IS NULL AND "
                    + conditions.sql()
                    + " ORDER BY r.id"))
        .map((row, _) -> new Entity(Entity.Kind.RESOURCE, row.getString("id")))
        .list();
  }

  /** Deletes those resources, by a change that is written already. */
  static void delete(Handle handle, Conditions conditions, Change change) {
    conditions
        .bindTo(
            handle.createUpdate(
                "UPDATE resource AS r SET deleted_at = :at, deleted_seq = :seq"
                    + " WHERE r.deleted_at IS NULL AND "
                    + conditions.sql()))
        .bind("at", change.committedAt().toEpochMilli())
        .bind("seq", change.seq())
        .execute();
  }

  private static Resource resource(ResultSet row) throws SQLException {
    String workspace = row.getString("workspace_id");
    String account = row.getString("account_id");
    return new Resource(
        new ResourceId(row.getString("id")),
        row.getString("product"),
        workspace == null ? null : new WorkspaceId(workspace),
        account == null ? null : new AccountId(account),
        row.getString("kind"),
        row.getString("name"),
        Columns.instant(row, "created_at"));
  }
}
