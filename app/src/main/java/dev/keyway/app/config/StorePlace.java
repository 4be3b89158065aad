package dev.keyway.app.config;

import dev.keyway.store.postgres.PostgresSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an installation keeps its state.
 *
 * @param data the data folder
 * @param postgres where PostgreSQL is; null for a SQLite file in the data folder
 * @param tombstones the folders of the journal that outlasts the database; none for who keeps none
 */
public record StorePlace(Path data, @Nullable PostgresSettings postgres, List<Path> tombstones) {
  public StorePlace {
    tombstones = List.copyOf(tombstones);
  }

  /** A place that keeps no journal: for commands that run for a moment. */
  public StorePlace(Path data, @Nullable PostgresSettings postgres) {
    this(data, postgres, List.of());
  }

  /** What a log may say of it. */
  public String shown() {
    return postgres == null ? data.toAbsolutePath().toString() : "postgresql";
  }
}
