package dev.keyway.server.portal;

import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.session.Session;
import dev.keyway.server.http.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Keeps other sites' pages from acting with a person's cookie: the origin, if the browser names
 * one, must be the control's, and a change repeats the session's token, which no other site can
 * read.
 */
public final class CrossSiteChecks {
  private CrossSiteChecks() {}

  /**
   * Refuses a request that a page of another origin sends.
   *
   * @param publicUrl the control listener's
   */
  public static void requireOwnOrigin(Request request, String publicUrl) {
    String own = originOf(publicUrl);
    for (String origin : request.headers("Origin")) {
      if (!origin.equals(own)) {
        throw Forbidden.call("Pages of other origins than " + own + " may not do this.");
      }
    }
    if (request.headers("Sec-Fetch-Site").contains("cross-site")) {
      throw Forbidden.call("Pages of other sites may not do this.");
    }
  }

  /** Refuses a request that does not repeat the session's CSRF token. */
  public static void requireToken(Request request, Session session) {
    String given = request.header("X-CSRF-Token");
    if (given == null || !MessageDigest.isEqual(bytes(given), bytes(session.csrfToken()))) {
      throw Forbidden.csrf();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String originOf(String url) {
    URI uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getAuthority();
  }
}
