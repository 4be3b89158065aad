package dev.keyway.app.config;

import dev.keyway.store.postgres.PostgresSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an installation keeps its state.
 *
 * @param data the data folder
 * @param postgres where PostgreSQL is; null for a SQLite file in the data folder
 */
public record StorePlace(Path data, @Nullable PostgresSettings postgres) {
  /** What a log may say of it. */
  public String shown() {
    return postgres == null ? data.toAbsolutePath().toString() : "postgresql";
  }
}
