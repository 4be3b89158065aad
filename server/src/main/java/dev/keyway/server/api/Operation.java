package dev.keyway.server.api;

import java.util.Set;

/** One operation of the management API, called by somebody known. */
@FunctionalInterface
interface Operation {

  /** The parameters its query may have; any other is refused before it is asked. */
  default Set<String> parameters() {
    return Set.of();
  }

  Answer answer(Call call);
}
