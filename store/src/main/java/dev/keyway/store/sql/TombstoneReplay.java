package dev.keyway.store.sql;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.Entity;
import dev.keyway.core.history.End;
import dev.keyway.core.history.Tombstones.Replayed;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes one tombstone count in a transaction: what it names is taken if it is still given. */
final class TombstoneReplay {
  private final Handle handle;
  private final Instant endedAt;
  private final Instant now;

  /** What one change does together; deletions are changes of their own. */
  private final List<Entity> entities = new ArrayList<>();

  private final List<LongConsumer> steps = new ArrayList<>();
  private int made;
  private int unknown;

  /**
   * A replay.
   *
   * @param endedAt when it was done at first
   */
  TombstoneReplay(Handle handle, Instant endedAt, Instant now) {
    this.handle = handle;
    this.endedAt = endedAt;
    this.now = now;
  }

  Replayed run(List<End> ends) {
    for (End end : ends) {
      Boolean isGiven = isGiven(end);
      if (isGiven == null) {
        unknown++;
      } else if (isGiven) {
        made++;
        take(end);
      }
    }
    if (!steps.isEmpty()) {
      Change change =
          Changes.write(handle, Change.Direction.NARROWS, now, entities.size(), entities);
      steps.forEach(step -> step.accept(change.seq()));
    }
    return new Replayed(made, unknown);
  }

  private void take(End end) {
    switch (end.what()) {
      case KEY_REVOKED -> revoke(end);
      case KEY_DEACTIVATED -> deactivate(end);
      case KEY_EXPIRES ->
          update(
              Entity.Kind.KEY,
              end,
              "UPDATE api_key SET expires_at = CAST(:detail AS BIGINT), version = version + 1"
                  + " WHERE id = :id");
      case OPERATOR_KEY_REVOKED ->
          update(
              Entity.Kind.OPERATOR_KEY,
              end,
              "UPDATE operator_key SET revoked_at = :endedAt, revoked_seq = :seq WHERE id = :id");
      case ACCOUNT_SUSPENDED -> suspend(end);
      case ACCOUNT_DELETED -> {
        var _ = SqlAccountStore.delete(handle, new AccountId(end.id()), now);
      }
      case WORKSPACE_DELETED -> {
        var _ = SqlWorkspaceStore.delete(handle, new WorkspaceId(end.id()), now);
      }
      case WORKSPACE_PLAN ->
          update(
              Entity.Kind.WORKSPACE,
              end,
              "UPDATE workspace SET plan = :detail, version = version + 1 WHERE id = :id");
      case RESOURCE_DELETED -> {
        var _ = SqlResourceStore.delete(handle, new ResourceId(end.id()), now);
      }
      case MEMBER_LEFT -> leave(end);
    }
  }

  private void revoke(End end) {
    entities.add(new Entity(Entity.Kind.KEY, end.id()));
    steps.add(seq -> KeyEnds.revoke(handle, key(end), endedAt, seq));
  }

  private void deactivate(End end) {
    entities.add(new Entity(Entity.Kind.KEY, end.id()));
    steps.add(_ -> KeyEnds.deactivate(handle, key(end), endedAt));
  }

  private static Conditions key(End end) {
    return new Conditions().and("k.id = :id", "id", end.id());
  }

  private void suspend(End end) {
    var id = new AccountId(end.id());
    var _ = SqlAccountStore.endWithSuspension(handle, id, now);
    update(
        Entity.Kind.ACCOUNT,
        end,
        "UPDATE account SET status = 'suspended', version = version + 1 WHERE id = :id");
  }

  private void leave(End end) {
    var conditions =
        MembershipRows.in(new WorkspaceId(end.id()))
            .and("m.account_id = :account", "account", end.detail());
    // At the time of the change, by which it is found again.
    steps.add(_ -> MembershipRows.end(handle, conditions, now));
  }

  private void update(Entity.Kind kind, End end, String sql) {
    entities.add(new Entity(kind, end.id()));
    steps.add(seq ->
        handle
            .createUpdate(sql)
            .bind("id", end.id())
            .bind("detail", end.detail())
            .bind("endedAt", endedAt.toEpochMilli())
            .bind("seq", seq)
            .execute());
  }

  /** Whether there still is what the tombstone takes; null if it is not known here at all. */
  private @Nullable Boolean isGiven(End end) {
    return handle
        .createQuery(
            "SELECT CASE WHEN %s THEN 1 ELSE 0 END AS given FROM %s"
                .formatted(condition(end.what()), table(end.what())))
        .bind("id", end.id())
        .bind("detail", end.detail())
        .map((row, _) -> row.getInt("given") == 1)
        .findOne()
        .orElse(null);
  }

  private static String condition(End.What what) {
    return switch (what) {
      case KEY_REVOKED, OPERATOR_KEY_REVOKED -> "revoked_at IS NULL";
      case KEY_DEACTIVATED -> "revoked_at IS NULL AND deactivated_at IS NULL";
      case KEY_EXPIRES -> "expires_at IS NULL OR expires_at > CAST(:detail AS BIGINT)";
      case ACCOUNT_SUSPENDED -> "status = 'active'";
      case ACCOUNT_DELETED -> "status <> 'deleted'";
      case WORKSPACE_DELETED, RESOURCE_DELETED -> "deleted_at IS NULL";
      case WORKSPACE_PLAN -> "deleted_at IS NULL AND COALESCE(plan, '') <> :detail";
      case MEMBER_LEFT -> "left_at IS NULL";
    };
  }

  private static String table(End.What what) {
    return switch (what) {
      case KEY_REVOKED, KEY_DEACTIVATED, KEY_EXPIRES -> "api_key WHERE id = :id";
      case OPERATOR_KEY_REVOKED -> "operator_key WHERE id = :id";
      case ACCOUNT_SUSPENDED, ACCOUNT_DELETED -> "account WHERE id = :id";
      case WORKSPACE_DELETED, WORKSPACE_PLAN -> "workspace WHERE id = :id";
      case RESOURCE_DELETED -> "resource WHERE id = :id";
      case MEMBER_LEFT -> "membership WHERE workspace_id = :id AND account_id = :detail";
    };
  }
}
