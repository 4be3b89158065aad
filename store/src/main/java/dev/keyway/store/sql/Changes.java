package dev.keyway.store.sql;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.Entity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The sequence of changes of rights: numbers without gaps, in the order of commits. */
final class Changes {
  /** The order in which {@link #find} reads them, so that a change is equal to what was written. */
  private static final Comparator<Entity> ORDER =
      Comparator.comparing((Entity entity) -> Columns.text(entity.kind()))
          .thenComparing(Entity::id);

  private Changes() {}

  /** Writes a change in the transaction that makes it. */
  static Change write(
      Handle handle,
      Change.Direction direction,
      Instant at,
      int keysAffected,
      List<Entity> entities) {
    // The row stays locked until the commit, so numbers and commits have one order.
    handle.execute("UPDATE epoch SET head = head + 1");
    List<Entity> sorted = entities.stream().sorted(ORDER).toList();
    var change = new Change(head(handle), direction, at, null, keysAffected, sorted);
    handle
        .createUpdate(
            """
            INSERT INTO change (seq, direction, committed_at, keys_affected)
            VALUES (:seq, :direction, :committedAt, :keysAffected)
            """)
        .bind("seq", change.seq())
        .bind("direction", Columns.text(direction))
        .bind("committedAt", at.toEpochMilli())
        .bind("keysAffected", keysAffected)
        .execute();
    writeEntities(handle, change);
    return change;
  }

  static long head(Handle handle) {
    return handle.createQuery("SELECT head FROM epoch").mapTo(Long.class).one();
  }

  static Optional<Change> find(Handle handle, long seq) {
    List<Row> rows =
        handle
            .createQuery(
                """
                SELECT c.*, e.kind, e.entity
                FROM change c LEFT JOIN change_entity e ON e.seq = c.seq
                WHERE c.seq = :seq ORDER BY e.kind, e.entity
                """)
            .bind("seq", seq)
            .map((row, _) -> new Row(change(row), entity(row)))
            .list();
    return whole(rows).stream().findFirst();
  }

  static List<Change> after(Handle handle, long seq, int most) {
    return whole(
        handle
            .createQuery(
                """
                SELECT c.*, e.kind, e.entity
                FROM (SELECT * FROM change WHERE seq > :seq ORDER BY seq LIMIT :most) c
                LEFT JOIN change_entity e ON e.seq = c.seq
                ORDER BY c.seq, e.kind, e.entity
                """)
            .bind("seq", seq)
            .bind("most", most)
            .map((row, _) -> new Row(change(row), entity(row)))
            .list());
  }

  /** The changes whose rows these are, in their order. */
  private static List<Change> whole(List<Row> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(row -> row.change().seq(), TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(of -> with(of.getFirst().change(), of))
        .toList();
  }

  private static void writeEntities(Handle handle, Change change) {
    if (change.entities().isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            "INSERT INTO change_entity (seq, kind, entity) VALUES (:seq, :kind, :entity)");
    for (Entity entity : change.entities()) {
      batch
          .bind("seq", change.seq())
          .bind("kind", Columns.text(entity.kind()))
          .bind("entity", entity.id())
          .add();
    }
    batch.execute();
  }

  private static Change with(Change change, List<Row> rows) {
    return new Change(
        change.seq(),
        change.direction(),
        change.committedAt(),
        change.effectiveAt(),
        change.keysAffected(),
        rows.stream().flatMap(row -> row.entity().stream()).toList());
  }

  private static Change change(ResultSet row) throws SQLException {
    return new Change(
        row.getLong("seq"),
        Columns.constant(Change.Direction.class, row, "direction"),
        Columns.instant(row, "committed_at"),
        Columns.instantOrNull(row, "effective_at"),
        row.getInt("keys_affected"),
        List.of());
  }

  private static Optional<Entity> entity(ResultSet row) throws SQLException {
    String id = row.getString("entity");
    return id == null
        ? Optional.empty()
        : Optional.of(new Entity(Columns.constant(Entity.Kind.class, row, "kind"), id));
  }

  /** A change beside one of its entities. */
  private record Row(Change change, Optional<Entity> entity) {}
}
