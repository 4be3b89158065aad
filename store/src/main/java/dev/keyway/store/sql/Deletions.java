package dev.keyway.store.sql;

import dev.keyway.core.tenancy.Deletion;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the rows of deleted accounts, workspaces and resources tell of their end. */
enum Deletions {
  OF_ACCOUNT("account"),
  OF_WORKSPACE("workspace"),
  OF_RESOURCE("resource");

  private final String query;

  Deletions(String table) {
    this.query =
        "SELECT product, deleted_seq FROM " + table + " WHERE id = :id AND deleted_seq IS NOT NULL";
  }

  /**
   * How it was deleted; empty when it was not. Two statements, for which any snapshots will do: a
   * deletion stays.
   */
  Optional<Deletion> find(Handle handle, String id) {
    return handle
        .createQuery(query)
        .bind("id", id)
        .map((row, _) -> new Row(row.getString("product"), row.getLong("deleted_seq")))
        .findOne()
        .map(row -> new Deletion(row.product(), Changes.find(handle, row.seq()).orElseThrow()));
  }

  private record Row(String product, long seq) {}
}
