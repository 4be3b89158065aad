package dev.keyway.server.gateway;

import io.vertx.core.http.HttpHeaders;

/** Header names and values in the form that is cheapest to write. */
final class Names {
  static final CharSequence KEY_ID = name("Keyway-Key-Id");
  static final CharSequence ACCOUNT_ID = name("Keyway-Account-Id");
  static final CharSequence WORKSPACE_ID = name("Keyway-Workspace-Id");
  static final CharSequence RESOURCE_ID = name("Keyway-Resource-Id");
  static final CharSequence REQUEST_ID = name("Keyway-Request-Id");
  static final CharSequence IDENTITY = name("Keyway-Identity");

  static final CharSequence FORWARDED_FOR = name("X-Forwarded-For");
  static final CharSequence FORWARDED_HOST = name("X-Forwarded-Host");
  static final CharSequence FORWARDED_PROTO = name("X-Forwarded-Proto");

  static final CharSequence RATE_LIMIT = name("RateLimit");
  static final CharSequence RATE_LIMIT_POLICY = name("RateLimit-Policy");
  static final CharSequence X_LIMIT = name("X-RateLimit-Limit");
  static final CharSequence X_REMAINING = name("X-RateLimit-Remaining");
  static final CharSequence X_RESET = name("X-RateLimit-Reset");
  static final CharSequence RETRY_AFTER = name("Retry-After");
  static final CharSequence CHALLENGE = name("WWW-Authenticate");
  static final CharSequence NO_STORE = name("no-store");

  private Names() {}

  private static CharSequence name(String text) {
    return HttpHeaders.createOptimized(text);
  }
}
