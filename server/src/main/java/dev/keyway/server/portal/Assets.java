package dev.keyway.server.portal;

import java.util.Set;

/**
 * Where the portal's built files come from.
 *
 * <ol>
 *   <li>{@code names} must be empty, or hold {@code index.html}.
 *   <li>A name must be the path below the portal's root, without a slash at its beginning.
 *   <li>A name that ends in {@code .gz} must stand for the gzip form (RFC 1952) of the file whose
 *       name it continues.
 *   <li>A name below {@code assets/} that ends in a dash, eight letters, digits, dashes or
 *       underscores, and the suffix must change with its content, because browsers keep such a file
 *       without asking again.
 * </ol>
 */
public interface Assets {
  /** The names of all files; none when the portal was not built. */
  Set<String> names();

  /** The bytes of a file that {@link #names} holds. */
  byte[] read(String name);
}
