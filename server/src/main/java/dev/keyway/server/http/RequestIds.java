package dev.keyway.server.http;

import dev.keyway.core.Base62;
import java.security.SecureRandom;

/** Draws the ids by which requests are known; always the server's own, never a caller's. */
final class RequestIds {
  static final String HEADER = "Keyway-Request-Id";

  private static final int LENGTH = 16;

  private final SecureRandom random = new SecureRandom();

  String next() {
    return Base62.random(random, LENGTH);
  }
}
