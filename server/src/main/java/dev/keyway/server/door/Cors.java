package dev.keyway.server.door;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What browsers are told (WHATWG Fetch, CORS protocol): the profile's origins may call, others may
 * not. Without origins nothing is said at all. Keys travel in headers, so credentials in the
 * browser's sense, cookies, are never allowed.
 */
public final class Cors {
  /** For requests that name no product. */
  public static final Cors NONE = new Cors(Set.of());

  private static final String ANY = "*";
  private static final String ORIGIN = "Origin";
  private static final String REQUESTED_METHOD = "Access-Control-Request-Method";
  private static final CharSequence EXPOSED =
      HttpHeaders.createOptimized(
          "Keyway-Request-Id, Mcp-Session-Id, RateLimit, RateLimit-Policy, Retry-After,"
              + " WWW-Authenticate");
  private static final CharSequence PREFLIGHT_VARIES =
      HttpHeaders.createOptimized("Access-Control-Request-Method, Access-Control-Request-Headers");
  private static final CharSequence TEN_MINUTES = HttpHeaders.createOptimized("600");

  private final Set<String> origins;
  private final boolean isOpen;

  public Cors(Set<String> origins) {
    this.origins = origins;
    this.isOpen = origins.contains(ANY);
  }

  /** Whether a request is a preflight that Keyway has to answer itself. */
  boolean answers(String method, HeaderValues headers) {
    return !origins.isEmpty()
        && method.equals("OPTIONS")
        && !headers.of(ORIGIN).isEmpty()
        && !headers.of(REQUESTED_METHOD).isEmpty();
  }

  /**
   * Sets the head of an answer to a preflight, which is to be sent without a body.
   *
   * @param methods those of the route; empty for all
   */
  public void setPreflight(Call call, String methods) {
    MultiMap asked = call.request().headers();
    MultiMap headers = call.request().response().headers();
    if (applyTo(headers, asked)) {
      String method = asked.get(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
      headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods.isEmpty() ? method : methods);
      String names = asked.get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
      if (names != null) {
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, names);
      }
      headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, TEN_MINUTES);
    }
    headers.add(HttpHeaders.VARY, PREFLIGHT_VARIES);
    headers.set(Names.REQUEST_ID, call.id());
  }

  /**
   * Adds to an answer what a browser needs to show it to its page.
   *
   * @return whether the request's origin may see it
   */
  public boolean applyTo(MultiMap headers, MultiMap requestHeaders) {
    if (origins.isEmpty()) {
      return false;
    }
    String origin = requestHeaders.get(HttpHeaders.ORIGIN);
    String allowed = allowed(origin);
    if (!isOpen) {
      headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
    if (allowed == null) {
      return false;
    }
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
    headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    return true;
  }

  private @Nullable String allowed(@Nullable String origin) {
    if (origin == null) {
      return null;
    }
    if (isOpen) {
      return ANY;
    }
    return origins.contains(origin) ? origin : null;
  }
}
