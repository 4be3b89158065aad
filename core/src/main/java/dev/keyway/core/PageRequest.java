package dev.keyway.core;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted.
 *
 * @param limit rows, from 1 to {@value #MAX_LIMIT}
 * @param after the row the page follows; null for the first page
 */
public record PageRequest(int limit, @Nullable Cursor after) {
  public static final int MAX_LIMIT = 200;
  public static final int DEFAULT_LIMIT = 50;

  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw RefusedException.Invalid.request("'limit' must be from 1 to " + MAX_LIMIT + ".");
    }
  }

  /** The first page of the greatest size. */
  public static PageRequest first() {
    return new PageRequest(MAX_LIMIT, null);
  }
}
