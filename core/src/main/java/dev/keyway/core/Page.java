package dev.keyway.core;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param data the rows, in the list's order
 * @param next where the next page begins; null on the last page
 */
public record Page<T>(List<T> data, @Nullable Cursor next) {
  public Page {
    data = List.copyOf(data);
  }

  /**
   * Makes a page of rows that were read one beyond {@code limit}, the way to know that more follow.
   */
  public static <T> Page<T> of(List<T> rows, int limit, Function<T, Cursor> cursor) {
    if (rows.size() <= limit) {
      return new Page<>(rows, null);
    }
    List<T> shown = rows.subList(0, limit);
    return new Page<>(shown, cursor.apply(shown.getLast()));
  }

  /** The same page with every row turned into something else. */
  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(data.stream().<R>map(change).toList(), next);
  }
}
