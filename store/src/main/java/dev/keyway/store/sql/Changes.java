package dev.keyway.store.sql;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.Entity;
import java.security.SecureRandom;
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

  /** Numbers that two histories give at the same time must not have the same mark. */
  private static final SecureRandom MARKS = new SecureRandom();

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
    return insert(handle, direction, at, keysAffected, entities);
  }

  /** The same under a number that leaves out those before it. */
  static void writeAt(
      Handle handle,
      long seq,
      Change.Direction direction,
      Instant at,
      int keysAffected,
      List<Entity> entities) {
    handle.execute("UPDATE epoch SET head = ?", seq);
    var _ = insert(handle, direction, at, keysAffected, entities);
  }

  /** The head, which nobody else changes before this transaction has ended. */
  static long lockHead(Handle handle) {
    handle.execute("UPDATE epoch SET head = head");
    return head(handle);
  }

  /** What tells the change of a number from any other that ever had it; 0 for none. */
  static long markOf(Handle handle, long seq) {
    return handle
        .createQuery("SELECT mark FROM change WHERE seq = :seq")
        .bind("seq", seq)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  private static Change insert(
      Handle handle,
      Change.Direction direction,
      Instant at,
      int keysAffected,
      List<Entity> entities) {
    List<Entity> sorted = entities.stream().sorted(ORDER).toList();
    var change = new Change(head(handle), newMark(), direction, at, null, keysAffected, sorted);
    handle
        .createUpdate(
            """
            INSERT INTO change (seq, mark, direction, committed_at, keys_affected)
            VALUES (:seq, :mark, :direction, :committedAt, :keysAffected)
            """)
        .bind("seq", change.seq())
        .bind("mark", change.mark())
        .bind("direction", Columns.text(direction))
        .bind("committedAt", at.toEpochMilli())
        .bind("keysAffected", keysAffected)
        .execute();
    writeEntities(handle, change);
    return change;
  }

  private static long newMark() {
    long mark = MARKS.nextLong();
    return mark == 0 ? 1 : mark;
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

  static List<Change> from(Handle handle, long seq, int most) {
    return whole(
        handle
            .createQuery(
                """
                SELECT c.*, e.kind, e.entity
                FROM (SELECT * FROM change WHERE seq >= :seq ORDER BY seq LIMIT :most) c
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
        change.mark(),
        change.direction(),
        change.committedAt(),
        change.effectiveAt(),
        change.keysAffected(),
        rows.stream().flatMap(row -> row.entity().stream()).toList());
  }

  private static Change change(ResultSet row) throws SQLException {
    return new Change(
        row.getLong("seq"),
        row.getLong("mark"),
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
