package dev.keyway.app.command;

import dev.keyway.app.yaml.YamlFile;
import dev.keyway.store.sql.StoreContents;
import dev.keyway.store.sqlite.Backup;
import dev.keyway.store.sqlite.UnusableDatabaseException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyway backup}: copies the store into one file, also while a server runs on it. */
@Command(
    name = "backup",
    description = {
      "Copy the store into one file, also while the server runs.",
      "",
      "Peppers, operator-key, profiles, certificates and keyway.yaml are not in it; keep those apart."
    })
public final class BackupCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "FILE", description = "File to write; must not exist.")
  private Path file = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "keyway-data",
      description = "Data folder of the server (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  public BackupCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    // Before the copy, so that everything answered until then is in it.
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    StoreContents contents;
    try {
      contents = Backup.write(data, file, now);
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
            YamlFile.shown(file), now, Counts.of(contents));
    surroundings.out().flush();
    return 0;
  }
}
