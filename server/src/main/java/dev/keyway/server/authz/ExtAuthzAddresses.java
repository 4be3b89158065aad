package dev.keyway.server.authz;

import dev.keyway.core.ClientAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** The addresses of the clients that one event loop heard of last, each worked out once. */
final class ExtAuthzAddresses {
  private static final int MOST = 10_000;

  private final Map<String, ClientAddress> latest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ClientAddress> eldest) {
          return size() > MOST;
        }
      };

  /** The address that a text spells. */
  ClientAddress of(String text) {
    return latest.computeIfAbsent(text, ClientAddress::of);
  }
}
