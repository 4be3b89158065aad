package dev.keyway.store.postgres;

import dev.keyway.store.sql.Transactions;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Single statements by a few connections that nothing else uses. */
final class ChangeReads implements Transactions {
  private final Jdbi jdbi;

  ChangeReads(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    try {
      return jdbi.withHandle(work::apply);
    } catch (JdbiException e) {
      throw Failures.unavailable(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    throw new UnsupportedOperationException("these connections read");
  }
}
