package dev.keyway.app.command;

import dev.keyway.store.move.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Lines about a move: one for each table that is done, and now and then one in between. */
final class MoveProgress implements Progress {
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final PrintWriter err;
  private final LongSupplier nanos;
  private long last;

  MoveProgress(PrintWriter err, LongSupplier nanos) {
    this.err = err;
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  @Override
  public void at(Step step, String table, long rows, long of) {
    // Tables are read quickly, and most of the others are small.
    boolean isDone = rows == of && of > 0 && step != Step.READ;
    if (isDone || nanos.getAsLong() - last >= PAUSE_NANOS) {
      last = nanos.getAsLong();
      String verb = step.name().toLowerCase(Locale.ROOT);
      err.printf("%-8s  %s  %s%n", verb, table, step == Step.READ ? rows : rows + " of " + of);
      err.flush();
    }
  }
}
