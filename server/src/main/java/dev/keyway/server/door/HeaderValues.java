package dev.keyway.server.door;

import io.vertx.core.MultiMap;
import java.util.List;

/** The header lines of a request, whatever server it came through. */
@FunctionalInterface
public interface HeaderValues {

  /** The values of every line of that name, in order; the name's case does not matter. */
  List<String> of(CharSequence name);

  /** Those of a request that came over HTTP. */
  static HeaderValues in(MultiMap headers) {
    return headers::getAll;
  }
}
