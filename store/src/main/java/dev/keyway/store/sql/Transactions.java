package dev.keyway.store.sql;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How the statements of this package reach a database.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must answer a write only after it is committed, durably, and must show it to every read
 *       that begins afterwards;
 *   <li>must undo a write whose work throws, and nothing else, and must throw what the work threw;
 *   <li>must run writes as if one after another; where a database has them race, it must run the
 *       loser's work again. So a work must do nothing but talk to its handle;
 *   <li>must turn every fault of the database into {@link dev.keyway.core.UnavailableException},
 *       without the statement's values, which can be secret.
 * </ol>
 */
public interface Transactions {

  /**
   * Reads.
   *
   * @param work one statement, so that it sees one snapshot
   */
  <T extends @Nullable Object> T read(Function<Handle, T> work);

  /** Reads and writes. */
  <T extends @Nullable Object> T write(Function<Handle, T> work);

  /** Writes, with nothing to answer. */
  default void run(Consumer<Handle> work) {
    var _ =
        write(handle -> {
          work.accept(handle);
          return Boolean.TRUE;
        });
  }
}
