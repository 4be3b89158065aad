package dev.keyway.server.http;

import dev.keyway.core.RefusedException.NotFound;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * What answers GET of paths that the route table does not have, such as the pages of a portal.
 *
 * @param have whether a path, as it was sent, is one of them for a client that sent these {@code
 *     Accept} fields; must answer at once, because it is asked on the event loop
 * @param endpoint the answer to each of them
 */
public record Pages(BiPredicate<String, List<String>> have, Endpoint endpoint) {
  /** No pages: what the table does not have does not exist. */
  public static final Pages NONE =
      of(
          (_, _) -> false,
          _ -> {
            throw new NotFound("This path");
          });

  /** Pages that anybody may read. */
  public static Pages of(BiPredicate<String, List<String>> have, Handler handler) {
    return new Pages(
        have,
        Endpoint.of(
            Endpoint.Method.GET,
            "/",
            "getPage",
            Endpoint.Access.PUBLIC,
            Set.of(200, 304, 404),
            handler));
  }
}
