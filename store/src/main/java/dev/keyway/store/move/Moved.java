package dev.keyway.store.move;

import dev.keyway.store.sql.StoreContents;

/**
 * What a move has brought about.
 *
 * @param contents of the store that was moved
 * @param tables how many were compared; zero when all was done before
 * @param rows in all of them
 */
public record Moved(StoreContents contents, int tables, long rows) {
  /** Whether nothing was left to do. */
  public boolean wasDone() {
    return tables == 0;
  }
}
