package dev.keyway.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The headers every answer of the control listener carries: nothing here is to be framed, guessed
 * or kept, and no other origin's page may read it.
 */
final class SecurityHeaders {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin");

  private SecurityHeaders() {}

  /** The headers for an answer to {@code path}. */
  static Map<String, String> of(String path, String publicUrl) {
    Map<String, String> headers = new LinkedHashMap<>(ALWAYS);
    if (path.startsWith("/v1/")) {
      headers.put("Cache-Control", "no-store");
    }
    if (publicUrl.startsWith("https:")) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
    return headers;
  }
}
