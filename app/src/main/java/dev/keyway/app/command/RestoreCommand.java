package dev.keyway.app.command;

import dev.keyway.app.yaml.YamlFile;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.sqlite.Restore;
import dev.keyway.store.sqlite.Restore.Restored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyway restore}: makes the store of an empty folder from a backup. */
@Command(
    name = "restore",
    description = {
      "Make the store of an empty data folder from a backup.",
      "",
      "A store in PostgreSQL is restored by PostgreSQL's own tools.",
      "Says what the backup cannot know: what was revoked or taken away after it was made."
    })
public final class RestoreCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final LocalTrail trail;

  @Parameters(index = "0", paramLabel = "FILE", description = "File that keyway backup wrote.")
  private Path file = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "keyway-data",
      description = "Data folder to restore to; empty or missing (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  public RestoreCommand(Surroundings surroundings, LocalTrail trail) {
    this.surroundings = surroundings;
    this.trail = trail;
  }

  @Override
  public Integer call() {
    requireEmpty(data);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (var folder = DataFolder.open(data)) {
      Restored restored = Restore.run(file, folder.path(), now, settled -> event(now, settled));
      say(restored);
      return 0;
    } catch (UnusableDatabaseException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private AuditEvent event(Instant now, Restored restored) {
    return trail.done(
        "store.restore",
        now,
        "backup of %s, changes up to number %d"
            .formatted(restored.takenAt(), restored.backedUp().lastChange()));
  }

  /**
   * Into a folder that holds something, even other settings, nobody restores on purpose; but what
   * is to be taken again from the restored store may be there already.
   */
  private static void requireEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      List<String> names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> !name.equals(DataFolder.LOCK_FILE) && !name.equals(Start.TOMBSTONES))
              .sorted()
              .toList();
      if (!names.isEmpty()) {
        throw new CommandFailedException(
            "%s holds %s; restore only writes to an empty folder: choose another by --data"
                .formatted(YamlFile.shown(folder), names.getFirst()));
      }
    } catch (IOException e) {
      throw new CommandFailedException(
          "%s cannot be read: %s".formatted(YamlFile.shown(folder), e), e);
    }
  }

  private void say(Restored restored) {
    long last = restored.backedUp().lastChange();
    surroundings
        .out()
        .printf(
            """
            Restored %1$s from the backup of %2$s: %3$s

            This store knows nothing that was done after %2$s. Whatever was revoked, suspended,
            deleted, removed or moved to an earlier expiry or a lesser plan since then works again
            until the journal of tombstones has taken it back. Changed passwords work as they were
            then. Keys made since are unknown.

            Before the gateway is reachable again (docs/guides/backup-and-restore.md):
              1. Put keyway.yaml, its peppers and the profiles back, and the folder "tombstones" of
                 the data folder before: the start takes again what stands there, and says so.
              2. Without that folder repeat each call whose answer held a revocation.seq greater than %4$d. They are in
                 the audit trail after that instant if you export it (GET /v1/audit), in what
                 your own programs keep of the answers, and in the logs of whatever stands in front
                 of the management API.

            Everybody has to sign in again, and invitations are void. New changes of rights are numbered from %5$d on.
            """,
            YamlFile.shown(data),
            restored.takenAt(),
            Counts.of(restored.backedUp()),
            last,
            restored.nextChange());
    surroundings.out().flush();
  }
}
