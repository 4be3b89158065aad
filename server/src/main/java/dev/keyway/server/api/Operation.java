package dev.keyway.server.api;

import dev.keyway.server.http.Request;
import java.util.Set;

/** One operation of the management API, called by somebody known. */
@FunctionalInterface
interface Operation {

  /** The parameters its query may have; any other is refused before it is asked. */
  default Set<String> parameters() {
    return Set.of();
  }

  /**
   * Whether this call changes rights: it is answered in time though nothing confirms the change,
   * and to repeat it is safe.
   */
  default boolean narrows(Request request) {
    return false;
  }

  Answer answer(Call call);
}
