package dev.keyway.core.lease.simulation;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One transaction, of one statement.
 *
 * @param epoch the lock that it takes on the one row that all share
 * @param row the node whose row it locks; null for none
 * @param statement takes the state in which the statement begins, and then the one in which it has
 *     its locks: they differ when it had to wait
 */
record Request<T>(
    String name,
    Lock epoch,
    @Nullable String row,
    Function<State, Function<State, Outcome<T>>> statement) {

  /** How the one row is locked. */
  enum Lock {
    NONE,
    SHARED,
    EXCLUSIVE
  }

  /**
   * What a statement has come to.
   *
   * @param effect what is to be committed; null for a statement that only reads
   */
  record Outcome<T>(T answer, @Nullable Consumer<State> effect) {}

  /** One that reads the state in which it begins. */
  static <T> Request<T> read(String name, Function<State, T> read) {
    return new Request<>(
        name,
        Lock.NONE,
        null,
        snapshot -> {
          T answer = read.apply(snapshot);
          return _ -> new Outcome<>(answer, null);
        });
  }

  boolean conflictsWith(Request<?> holder) {
    boolean isEpoch =
        (epoch == Lock.EXCLUSIVE && holder.epoch != Lock.NONE)
            || (epoch == Lock.SHARED && holder.epoch == Lock.EXCLUSIVE);
    return isEpoch || (row != null && row.equals(holder.row));
  }
}
