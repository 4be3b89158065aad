package dev.keyway.store.sql;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Place;
import dev.keyway.core.history.End;
import dev.keyway.core.history.Tombstone;
import dev.keyway.core.history.Tombstones;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What there is to be kept of changes, in SQL. */
public final class SqlTombstones implements Tombstones {
  /**
   * One statement for all kinds of things. Keys that ended with what stood behind them, and members
   * that left, are not named among a change's entities; they have its time.
   */
  private static final String ENDS =
      """
      WITH c AS (
        SELECT seq, committed_at FROM change
        WHERE seq BETWEEN :first AND :last AND direction = 'narrows')
      SELECT c.seq AS seq,
        CASE WHEN k.revoked_at IS NOT NULL THEN 'key_revoked'
          WHEN k.deactivated_at IS NOT NULL THEN 'key_deactivated'
          WHEN k.expires_at IS NOT NULL THEN 'key_expires' END AS what,
        k.id AS id, CAST(k.expires_at AS TEXT) AS detail
      FROM c JOIN change_entity e ON e.seq = c.seq AND e.kind = 'key'
        JOIN api_key k ON k.id = e.entity
      UNION ALL
      SELECT k.revoked_seq, 'key_revoked', k.id, NULL
      FROM c JOIN api_key k ON k.revoked_seq = c.seq
      UNION ALL
      SELECT c.seq, 'key_deactivated', k.id, NULL
      FROM c JOIN api_key k ON k.deactivated_at = c.committed_at
      UNION ALL
      SELECT c.seq, 'operator_key_revoked', o.id, NULL
      FROM c JOIN operator_key o ON o.revoked_seq = c.seq
      UNION ALL
      SELECT c.seq,
        CASE a.status WHEN 'suspended' THEN 'account_suspended'
          WHEN 'deleted' THEN 'account_deleted' END,
        a.id, NULL
      FROM c JOIN change_entity e ON e.seq = c.seq AND e.kind = 'account'
        JOIN account a ON a.id = e.entity
      UNION ALL
      SELECT c.seq,
        CASE WHEN w.deleted_at IS NOT NULL THEN 'workspace_deleted'
          WHEN w.plan IS NOT NULL THEN 'workspace_plan' END,
        w.id, w.plan
      FROM c JOIN change_entity e ON e.seq = c.seq AND e.kind = 'workspace'
        JOIN workspace w ON w.id = e.entity
      UNION ALL
      SELECT c.seq, 'resource_deleted', r.id, NULL
      FROM c JOIN change_entity e ON e.seq = c.seq AND e.kind = 'resource'
        JOIN resource r ON r.id = e.entity AND r.deleted_at IS NOT NULL
      UNION ALL
      SELECT c.seq, 'member_left', m.workspace_id, m.account_id
      FROM c JOIN membership m ON m.left_at = c.committed_at
      """;

  private static final Set<End.What> DETAILED =
      Set.of(End.What.KEY_EXPIRES, End.What.WORKSPACE_PLAN, End.What.MEMBER_LEFT);

  private final Transactions transactions;
  private final InstantSource clock;
  private final Function<Instant, AuditEvent> event;

  /**
   * The tombstones of a store.
   *
   * @param event the row of the trail that says that something was taken again
   */
  public SqlTombstones(
      Transactions transactions, InstantSource clock, Function<Instant, AuditEvent> event) {
    this.transactions = transactions;
    this.clock = clock;
    this.event = event;
  }

  @Override
  public List<Tombstone> of(List<Change> changes) {
    if (changes.isEmpty()) {
      return List.of();
    }
    Map<Long, Set<End>> ends = ends(changes.getFirst().seq(), changes.getLast().seq());
    return changes.stream()
        .map(change ->
            new Tombstone(
                change.place(),
                change.committedAt(),
                List.copyOf(ends.getOrDefault(change.seq(), Set.of()))))
        .toList();
  }

  private Map<Long, Set<End>> ends(long first, long last) {
    Map<Long, Set<End>> ends = new HashMap<>();
    transactions.read(handle -> {
      handle
          .createQuery(ENDS)
          .bind("first", first)
          .bind("last", last)
          .map((row, _) ->
              new Row(
                  row.getLong("seq"),
                  row.getString("what"),
                  row.getString("id"),
                  row.getString("detail")))
          .forEach(row -> row.addTo(ends));
      return null;
    });
    return ends;
  }

  @Override
  public Set<Place> known(Collection<Place> places) {
    if (places.isEmpty()) {
      return Set.of();
    }
    List<Long> numbers = places.stream().map(Place::seq).toList();
    return transactions.read(handle -> {
      Set<Place> found =
          new HashSet<>(
              handle
                  .createQuery("SELECT seq, mark FROM change WHERE seq IN (<seqs>)")
                  .bindList("seqs", numbers)
                  .map((row, _) -> new Place(row.getLong("seq"), row.getLong("mark")))
                  .list());
      found.retainAll(places);
      return found;
    });
  }

  @Override
  public Replayed replay(Tombstone tombstone) {
    return transactions.write(handle -> {
      Instant now = clock.instant();
      var replayed = new TombstoneReplay(handle, tombstone.at(), now).run(tombstone.ends());
      if (replayed.made() > 0) {
        AuditRows.insert(handle, event.apply(now));
      }
      return replayed;
    });
  }

  /** What a row says; what has been given back since says nothing. */
  private record Row(long seq, @Nullable String what, String id, @Nullable String detail) {
    void addTo(Map<Long, Set<End>> ends) {
      if (what != null) {
        var known = End.What.valueOf(what.toUpperCase(Locale.ROOT));
        String kept = detail != null && DETAILED.contains(known) ? detail : "";
        ends.computeIfAbsent(seq, _ -> new LinkedHashSet<>()).add(new End(known, id, kept));
      }
    }
  }
}
