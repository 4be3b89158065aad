package dev.keyway.store.move;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.migration.Dialect;
import dev.keyway.store.move.Progress.Step;
import dev.keyway.store.postgres.MoveMark;
import dev.keyway.store.postgres.MoveTarget;
import dev.keyway.store.postgres.PostgresSettings;
import dev.keyway.store.sql.StoreContents;
import dev.keyway.store.sqlite.StoppedStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;

/**
 * Moves the store of a stopped server to an empty PostgreSQL database. It may be killed at any
 * point and run again, and goes on where it was; until it is through, no server starts on the
 * target, and from just before it is through, none on the source.
 */
public final class Move {
  private final StoppedStore source;
  private final MoveTarget target;
  private final Progress progress;

  private Move(StoppedStore source, MoveTarget target, Progress progress) {
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  /**
   * Moves a store, or what is left of a move.
   *
   * @param folder a data folder that the caller has locked
   * @param event goes into the moved trail
   * @throws UnusableDatabaseException when one of the two databases cannot be used, they differ
   *     afterwards, or the target was taken by anything else than a move of this store as it is
   */
  public static Moved run(Path folder, PostgresSettings to, Progress progress, AuditEvent event) {
    try (var source = StoppedStore.open(folder);
        var target = MoveTarget.open(to)) {
      return new Move(source, target, progress).run(place(to), event);
    } catch (SQLException | JdbiException e) {
      throw new UnusableDatabaseException("the move has stopped: " + reason(e), e);
    }
  }

  private Moved run(String place, AuditEvent event) throws SQLException {
    StoreContents contents = StoreContents.of(source.handle());
    Map<Table, TableDigest> digests = read(Catalogue.tables(source.handle(), target.columns()));
    if (takeTarget(mark(digests), event.at()).isFinished()) {
      source.leaveTo(place, event.at());
      return new Moved(contents, 0, 0);
    }
    copy(digests);
    compare(digests);
    // First: the other way round, a kill in between would leave two stores of the same keys.
    source.leaveTo(place, event.at());
    target.finish(event);
    long rows = digests.values().stream().mapToLong(TableDigest::rows).sum();
    return new Moved(contents, digests.size(), rows);
  }

  /** Takes the target, or finds that it was taken for this very store. */
  private MoveMark takeTarget(String mark, Instant at) throws SQLException {
    Optional<MoveMark> earlier = target.mark();
    if (earlier.isEmpty()) {
      source.requireUnmoved();
      return target.take(mark, at);
    }
    if (!earlier.get().source().equals(mark)) {
      throw new UnusableDatabaseException(
          "the PostgreSQL database holds rows of another store, or of this one before it was used again; name a new database",
          null);
    }
    return earlier.get();
  }

  private Map<Table, TableDigest> read(List<Table> tables) throws SQLException {
    var digests = new LinkedHashMap<Table, TableDigest>();
    Connection connection = source.handle().getConnection();
    for (Table table : tables) {
      TableDigest digest =
          TableDigest.of(
              table,
              connection,
              Dialect.SQLITE,
              rows -> progress.at(Step.READ, table.name(), rows, rows));
      digests.put(table, digest);
      progress.at(Step.READ, table.name(), digest.rows(), digest.rows());
    }
    return digests;
  }

  /** Another one for any other rows, so that what is begun is only gone on with as it was. */
  private static String mark(Map<Table, TableDigest> digests) {
    MessageDigest all = TableDigest.digester();
    digests.forEach((table, digest) ->
        all.update(
            "%s %d %s\n"
                .formatted(table.name(), digest.rows(), digest.sha256())
                .getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(all.digest());
  }

  private void copy(Map<Table, TableDigest> digests) throws SQLException {
    Connection connection = source.handle().getConnection();
    for (var entry : digests.entrySet()) {
      String name = entry.getKey().name();
      long of = entry.getValue().rows();
      new TableCopy(
              entry.getKey(), connection, target, rows -> progress.at(Step.COPIED, name, rows, of))
          .run();
    }
  }

  private void compare(Map<Table, TableDigest> digests) throws SQLException {
    for (var entry : digests.entrySet()) {
      Table table = entry.getKey();
      TableDigest there = entry.getValue();
      TableDigest here =
          target.transaction(transaction ->
              TableDigest.of(
                  table,
                  transaction.getConnection(),
                  Dialect.POSTGRES,
                  rows -> progress.at(Step.COMPARED, table.name(), rows, there.rows())));
      if (!here.equals(there)) {
        throw new UnusableDatabaseException(
            "table %s is not the same after the move (%d rows, and %d in the source): somebody else has written to the PostgreSQL database; begin again with a new one"
                .formatted(table.name(), here.rows(), there.rows()),
            null);
      }
      progress.at(Step.COMPARED, table.name(), here.rows(), there.rows());
    }
  }

  /** Where the rows went, without what follows: it may hold anything. */
  private static String place(PostgresSettings to) {
    return to.url().replaceFirst("\\?.*", "");
  }

  private static String reason(Exception e) {
    return isOfPostgres(e)
        ? "PostgreSQL: " + MoveTarget.reason(e) + "; run it again to go on"
        : "SQLite: " + StoppedStore.reason(e);
  }

  private static boolean isOfPostgres(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException) {
        return true;
      }
    }
    return false;
  }
}
