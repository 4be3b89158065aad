package dev.keyway.store.sql;

import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.Member;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * The rows of memberships. One that has ended is kept and not shown: it tells a key that is being
 * made from one whose creator has just left.
 */
final class MembershipRows {
  private static final RowMapper<Membership> MEMBERSHIP =
      (row, _) ->
          new Membership(
              new WorkspaceId(row.getString("workspace_id")),
              new AccountId(row.getString("account_id")),
              Columns.constant(Role.class, row, "role"));

  private MembershipRows() {}

  static List<Membership> of(Handle handle, WorkspaceId workspace) {
    return handle
        .createQuery(
            """
            SELECT m.* FROM membership m WHERE m.workspace_id = :workspace AND m.left_at IS NULL
            ORDER BY CASE m.role WHEN 'owner' THEN 0 ELSE 1 END, m.joined_at, m.account_id
            """)
        .bind("workspace", workspace.text())
        .map(MEMBERSHIP)
        .list();
  }

  /** The members with what their accounts say of them. */
  static List<Member> members(Handle handle, WorkspaceId workspace) {
    return handle
        .createQuery(
            """
            SELECT m.*, a.name, a.email FROM membership m JOIN account a ON a.id = m.account_id
            WHERE m.workspace_id = :workspace AND m.left_at IS NULL
            ORDER BY CASE m.role WHEN 'owner' THEN 0 ELSE 1 END, m.joined_at, m.account_id
            """)
        .bind("workspace", workspace.text())
        .map((row, context) ->
            new Member(
                MEMBERSHIP.map(row, context),
                row.getString("name"),
                row.getString("email"),
                Columns.instant(row, "joined_at")))
        .list();
  }

  static List<Membership> of(Handle handle, AccountId account) {
    return handle
        .createQuery(
            """
            SELECT m.* FROM membership m WHERE m.account_id = :account AND m.left_at IS NULL
            ORDER BY m.joined_at, m.workspace_id
            """)
        .bind("account", account.text())
        .map(MEMBERSHIP)
        .list();
  }

  static Optional<Role> role(Handle handle, WorkspaceId workspace, AccountId account) {
    return handle
        .createQuery(
            """
            SELECT m.role FROM membership m
            WHERE m.workspace_id = :workspace AND m.account_id = :account
              AND m.left_at IS NULL
            """)
        .bind("workspace", workspace.text())
        .bind("account", account.text())
        .map((row, _) -> Columns.constant(Role.class, row, "role"))
        .findOne();
  }

  static boolean isLastOwner(Handle handle, WorkspaceId workspace, AccountId account) {
    List<Membership> owners =
        of(handle, workspace).stream().filter(m -> m.role() == Role.OWNER).toList();
    return owners.size() == 1 && owners.getFirst().account().equals(account);
  }

  /** Adds a membership or changes its role; who joined stays joined since then. */
  static void put(Handle handle, Membership membership, Instant at) {
    handle
        .createUpdate(
            """
            INSERT INTO membership (workspace_id, account_id, role, joined_at)
            VALUES (:workspace, :account, :role, :at)
            ON CONFLICT (workspace_id, account_id) DO UPDATE SET role = excluded.role, left_at = NULL,
              joined_at = CASE WHEN membership.left_at IS NULL
                THEN membership.joined_at ELSE excluded.joined_at END
            """)
        .bind("workspace", membership.workspace().text())
        .bind("account", membership.account().text())
        .bind("role", membership.role().text())
        .bind("at", at.toEpochMilli())
        .execute();
  }

  /** Ends the memberships that fulfil the conditions, on {@code membership m}. */
  static void end(Handle handle, Conditions conditions, Instant at) {
    conditions
        .bindTo(
            handle.createUpdate(
                "UPDATE membership AS m SET left_at = :at WHERE m.left_at IS NULL AND "
                    + conditions.sql()))
        .bind("at", at.toEpochMilli())
        .execute();
  }

  static Conditions in(WorkspaceId workspace) {
    return new Conditions().and("m.workspace_id = :workspace", "workspace", workspace.text());
  }

  static Conditions by(AccountId account) {
    return new Conditions().and("m.account_id = :account", "account", account.text());
  }
}
