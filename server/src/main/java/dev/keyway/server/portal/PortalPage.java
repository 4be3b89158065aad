package dev.keyway.server.portal;

import dev.keyway.server.http.Response;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The one HTML page of the portal, which finds out by itself what to show at its address.
 *
 * <p>Wherever its text says {@code __CSP_NONCE__} each answer has another random value, under which
 * the page may add style elements. It has no validator for that reason: a 304 would bring a new
 * value in its headers to a page that was kept with the old one.
 */
final class PortalPage {
  private static final String PLACE = "__CSP_NONCE__";
  private static final int NONCE_BYTES = 16;

  /** Only what the page uses, and nothing for pages that it might be made to show. */
  private static final String PERMISSIONS =
      "camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), geolocation=(),"
          + " microphone=(), payment=(), usb=()";

  private final List<String> pieces;
  private final SecureRandom random;

  PortalPage(String text, SecureRandom random) {
    this.pieces = List.of(text.split(PLACE, -1));
    this.random = random;
  }

  Response answer() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return Response.text(200, "text/html; charset=utf-8", String.join(nonce, pieces))
        .with(
            Map.of(
                "Cache-Control",
                "no-cache",
                "Content-Security-Policy",
                policy(nonce),
                "Permissions-Policy",
                PERMISSIONS,
                "Vary",
                "Accept"));
  }

  /** Content Security Policy, level 3, with Trusted Types; docs/decisions/0015 says why so. */
  private static String policy(String nonce) {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'nonce-" + nonce + "'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types keyway-style");
  }
}
