package dev.keyway.store.sql;

import dev.keyway.core.Cursor;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.tenancy.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows of workspaces; those of deleted ones are kept and never shown. */
final class WorkspaceRows {
  static final Listing<Workspace> LISTING =
      Listing.newestFirst(
          "SELECT w.* FROM workspace w",
          "w.created_at",
          "w.id",
          (row, _) -> workspace(row),
          workspace -> new Cursor(workspace.createdAt(), workspace.id().text()));

  private WorkspaceRows() {}

  static Optional<Workspace> find(Handle handle, WorkspaceId id) {
    return handle
        .createQuery("SELECT w.* FROM workspace w WHERE w.id = :id AND w.deleted_at IS NULL")
        .bind("id", id.text())
        .map((row, _) -> workspace(row))
        .findOne();
  }

  static void insert(Handle handle, Workspace workspace) {
    handle
        .createUpdate(
            """
            INSERT INTO workspace (id, product, name, plan, created_at, version)
            VALUES (:id, :product, :name, :plan, :createdAt, :version)
            """)
        .bind("id", workspace.id().text())
        .bind("product", workspace.product())
        .bind("name", workspace.name())
        .bind("plan", workspace.plan())
        .bind("createdAt", workspace.createdAt().toEpochMilli())
        .bind("version", workspace.version())
        .execute();
  }

  static void update(Handle handle, WorkspaceId id, String name, @Nullable String plan) {
    handle
        .createUpdate(
            "UPDATE workspace SET name = :name, plan = :plan, version = version + 1 WHERE id = :id")
        .bind("name", name)
        .bind("plan", plan)
        .bind("id", id.text())
        .execute();
  }

  private static Workspace workspace(ResultSet row) throws SQLException {
    return new Workspace(
        new WorkspaceId(row.getString("id")),
        row.getString("product"),
        row.getString("name"),
        row.getString("plan"),
        Columns.instant(row, "created_at"),
        row.getLong("version"));
  }
}
