package dev.keyway.app.assembly;

import dev.keyway.app.command.LocalTrail;
import dev.keyway.app.config.StorePlace;
import dev.keyway.app.history.TombstoneJournal;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.history.TombstoneSink;
import dev.keyway.core.lease.LostHistory;
import dev.keyway.core.tenancy.Ids;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.journal.TombstoneFolder;
import dev.keyway.store.postgres.PostgresDatabase;
import dev.keyway.store.sql.Database;
import dev.keyway.store.sql.SqlChangeLog;
import dev.keyway.store.sql.SqlLostHistory;
import dev.keyway.store.sql.SqlTombstones;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens the journal of tombstones that belongs to a store. */
final class Journals {
  /** A file that is closed can be put away; so large that this is seldom. */
  private static final long LARGEST_FILE_BYTES = 64L << 20;

  private static final InstantSource CLOCK = Clock.tickMillis(ZoneOffset.UTC);

  private Journals() {}

  /**
   * Opens it, and makes good what the store has lost; null where none is kept.
   *
   * @throws UnusableDatabaseException when a folder cannot be read and written
   */
  static @Nullable TombstoneJournal begin(
      StorePlace place, Database database, SecureRandom random) {
    if (place.tombstones().isEmpty()) {
      return null;
    }
    var log =
        new SqlChangeLog(
            database instanceof PostgresDatabase shared ? shared.changeReads() : database);
    var tombstones = new SqlTombstones(database, CLOCK, done("history.replayed", random));
    var journal =
        new TombstoneJournal(
            folders(place.tombstones()), log, tombstones, numbers(database, random));
    try {
      journal.begin();
      return journal;
    } catch (IOException e) {
      throw new UnusableDatabaseException(
          "the journal of tombstones cannot be read or written: " + e, e);
    }
  }

  /** What is left to do where there is no journal. */
  static LostHistory numbers(Database database, SecureRandom random) {
    return new SqlLostHistory(database, CLOCK, done("history.lost", random));
  }

  private static Function<Instant, AuditEvent> done(String action, SecureRandom random) {
    var trail = new LocalTrail(new Ids(random));
    return at -> trail.done(action, at, null);
  }

  private static List<TombstoneSink> folders(List<Path> folders) {
    var sinks = new ArrayList<TombstoneSink>();
    for (Path folder : folders) {
      try {
        sinks.add(TombstoneFolder.open(folder, LARGEST_FILE_BYTES));
      } catch (IOException e) {
        throw new UnusableDatabaseException(
            folder + " cannot be written, and revocations are kept there: " + e, e);
      }
    }
    return sinks;
  }
}
