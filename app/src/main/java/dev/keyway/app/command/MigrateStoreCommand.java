package dev.keyway.app.command;

import dev.keyway.app.config.StoreForms;
import dev.keyway.app.config.StorePlace;
import dev.keyway.app.yaml.YamlFile;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.move.Move;
import dev.keyway.store.move.Moved;
import dev.keyway.store.postgres.PostgresSettings;
import dev.keyway.store.sqlite.SqliteDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyway migrate-store}: moves a SQLite store to PostgreSQL. */
@Command(
    name = "migrate-store",
    description = {
      "Move the store of a stopped server from SQLite to PostgreSQL.",
      "",
      "To the empty database that 'store:' in keyway.yaml names. Each table is compared afterwards.",
      "Killed or cut off, it goes on where it was when it is run again."
    })
public final class MigrateStoreCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final LocalTrail trail;

  @Mixin private final StoreOptions store = new StoreOptions();

  public MigrateStoreCommand(Surroundings surroundings, LocalTrail trail) {
    this.surroundings = surroundings;
    this.trail = trail;
  }

  @Override
  public Integer call() {
    StorePlace place = store.place(surroundings.environment());
    PostgresSettings postgres = place.postgres();
    if (postgres == null) {
      throw new CommandFailedException(
          "keyway.yaml does not say where to: name the PostgreSQL database by 'store:'"
              + " (docs/guides/move-to-postgresql.md)");
    }
    Path file = place.data().resolve(SqliteDatabase.FILE_NAME);
    if (!Files.isRegularFile(file)) {
      // Before the folder is locked, which would make it.
      throw new CommandFailedException(
          "there is no SQLite store in %s; say by --data where it is"
              .formatted(YamlFile.shown(place.data())));
    }
    if (!postgres.isChecked()) {
      surroundings.err().println("keyway: warning: " + StoreForms.UNCHECKED);
      surroundings.err().flush();
    }
    try (var folder = DataFolder.open(place.data(), "stop it first")) {
      Moved moved = Move.run(folder.path(), postgres, progress(), event());
      say(moved, file);
      return 0;
    } catch (UnusableDatabaseException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private MoveProgress progress() {
    return new MoveProgress(surroundings.err(), System::nanoTime);
  }

  private AuditEvent event() {
    return trail.done(
        "store.move", Instant.now().truncatedTo(ChronoUnit.MILLIS), "from SQLite to PostgreSQL");
  }

  private void say(Moved moved, Path file) {
    if (moved.wasDone()) {
      surroundings.out().println("Moved before: nothing is left to do.");
    } else {
      surroundings
          .out()
          .printf(
              """
              Moved to PostgreSQL: %s
              %d rows in %d tables, each table compared with the original.

              %s stays as it was, and no server starts on it any more. Take it away
              once the new store has a backup of its own.
              Start the server with this keyway.yaml; docs/guides/cluster.md says how to add nodes.
              """,
              Counts.of(moved.contents()), moved.rows(), moved.tables(), YamlFile.shown(file));
    }
    surroundings.out().flush();
  }
}
