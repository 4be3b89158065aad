package dev.keyway.store.sql;

import dev.keyway.core.Cursor;
import dev.keyway.core.audit.Actor;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.audit.ListedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** The trail's rows. */
final class AuditRows {
  static final Listing<ListedEvent> LISTING =
      Listing.newestFirst(
          """
          SELECT e.*, COALESCE(a.name, o.name) AS actor_name
          FROM audit_event e
          LEFT JOIN account a
            ON e.actor_kind = 'account' AND a.id = e.actor_id AND a.status != 'deleted'
          LEFT JOIN operator_key o ON e.actor_kind = 'operator' AND o.id = e.actor_id
          """,
          "e.at",
          "e.id",
          (row, _) -> new ListedEvent(event(row), row.getString("actor_name")),
          listed -> new Cursor(listed.event().at(), listed.event().id()));

  private AuditRows() {}

  /** Adds a row in the transaction of what it tells of. */
  static void insert(Handle handle, AuditEvent event) {
    AuditEvent.Subject subject = event.subject();
    handle
        .createUpdate(
            """
            INSERT INTO audit_event (id, at, action, outcome, actor_kind, actor_id, address,
              request_id, product, key_id, account_id, workspace_id, reason)
            VALUES (:id, :at, :action, :outcome, :actorKind, :actorId, :address,
              :requestId, :product, :key, :account, :workspace, :reason)
            """)
        .bind("id", event.id())
        .bind("at", event.at().toEpochMilli())
        .bind("action", event.action())
        .bind("outcome", event.outcome().text())
        .bind("actorKind", event.actor().kind().text())
        .bind("actorId", event.actor().id())
        .bind("address", event.address())
        .bind("requestId", event.requestId())
        .bind("product", subject.product())
        .bind("key", subject.key())
        .bind("account", subject.account())
        .bind("workspace", subject.workspace())
        .bind("reason", event.reason())
        .execute();
  }

  private static AuditEvent event(ResultSet row) throws SQLException {
    return new AuditEvent(
        row.getString("id"),
        Columns.instant(row, "at"),
        row.getString("action"),
        Columns.constant(AuditEvent.Outcome.class, row, "outcome"),
        new Actor(Columns.constant(Actor.Kind.class, row, "actor_kind"), row.getString("actor_id")),
        row.getString("address"),
        row.getString("request_id"),
        new AuditEvent.Subject(
            row.getString("product"),
            row.getString("key_id"),
            row.getString("account_id"),
            row.getString("workspace_id")),
        row.getString("reason"));
  }
}
