package dev.keyway.server.door;

import io.vertx.core.http.HttpHeaders;

/** Header names and values in the form that is cheapest to write. */
public final class Names {
  public static final CharSequence KEY_ID = name("Keyway-Key-Id");
  public static final CharSequence ACCOUNT_ID = name("Keyway-Account-Id");
  public static final CharSequence WORKSPACE_ID = name("Keyway-Workspace-Id");
  public static final CharSequence RESOURCE_ID = name("Keyway-Resource-Id");
  public static final CharSequence REQUEST_ID = name("Keyway-Request-Id");
  public static final CharSequence IDENTITY = name("Keyway-Identity");
  public static final CharSequence STATUS = name("Keyway-Status");
  public static final CharSequence CODE = name("Keyway-Code");

  public static final CharSequence FORWARDED_FOR = name("X-Forwarded-For");
  public static final CharSequence FORWARDED_HOST = name("X-Forwarded-Host");
  public static final CharSequence FORWARDED_PROTO = name("X-Forwarded-Proto");

  public static final CharSequence RATE_LIMIT = name("RateLimit");
  public static final CharSequence RATE_LIMIT_POLICY = name("RateLimit-Policy");
  public static final CharSequence RETRY_AFTER = name("Retry-After");
  public static final CharSequence CHALLENGE = name("WWW-Authenticate");
  public static final CharSequence NO_STORE = name("no-store");

  private Names() {}

  private static CharSequence name(String text) {
    return HttpHeaders.createOptimized(text);
  }
}
