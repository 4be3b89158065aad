package dev.keyway.server.portal;

import java.util.Map;

/**
 * What browsers are told with the portal's page: what it may load, run and use. It has no inline
 * script and no inline style, so none is allowed; docs/decisions/0014 tells how that is kept.
 */
final class PageHeaders {
  /** Content Security Policy, level 3, with Trusted Types. */
  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' data:",
          "font-src 'self'",
          "connect-src 'self'",
          "form-action 'self'",
          "base-uri 'none'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types 'none'");

  /** Keys are copied to the clipboard; nothing else of the machine is used. */
  private static final String PERMISSIONS =
      "camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), geolocation=(),"
          + " microphone=(), payment=(), usb=()";

  /** All of them; whether there is a page at a path depends on what the client accepts. */
  static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy", POLICY,
          "Permissions-Policy", PERMISSIONS,
          "Vary", "Accept, Accept-Encoding");

  private PageHeaders() {}
}
