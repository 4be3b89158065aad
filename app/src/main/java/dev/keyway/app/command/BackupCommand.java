package dev.keyway.app.command;

import dev.keyway.app.config.StorePlace;
import dev.keyway.app.yaml.YamlFile;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.sqlite.Backup;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyway backup}: copies the store into one file, also while a server runs on it. */
@Command(
    name = "backup",
    description = {
      "Copy the store into one file, also while the server runs.",
      "",
      "A store in PostgreSQL is copied by PostgreSQL's own tools.",
      "Peppers, operator-key, profiles, certificates and keyway.yaml are not in it; keep those apart."
    })
public final class BackupCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "FILE", description = "File to write; must not exist.")
  private Path file = Path.of("");

  @Mixin private final StoreOptions store = new StoreOptions();

  public BackupCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    StorePlace place = store.place(surroundings.environment());
    if (place.postgres() != null) {
      throw new CommandFailedException(
          "the store is in PostgreSQL; back it up with pg_dump or by archiving its journal"
              + " (docs/guides/backup-and-restore.md)");
    }
    // Before the copy, so that everything answered until then is in it.
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Backup.Written written;
    try {
      written = Backup.write(place.data(), file, now);
    } catch (UnusableDatabaseException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
    surroundings
        .out()
        .printf(
            """
            Wrote %s as of %s: %s
            Not in it: keyway.yaml and the peppers, operator-key, profiles, certificates; keep those apart.
            """,
            YamlFile.shown(file), written.takenAt(), Counts.of(written.contents()));
    surroundings.out().flush();
    return 0;
  }
}
