package dev.keyway.server.door;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
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
  private static final String REQUESTED_HEADERS = "Access-Control-Request-Headers";
  private static final CharSequence EXPOSED =
      HttpHeaders.createOptimized(
          "Keyway-Request-Id, Mcp-Session-Id, RateLimit, RateLimit-Policy, Retry-After,"
              + " WWW-Authenticate, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset");
  private static final CharSequence PREFLIGHT_VARIES =
      HttpHeaders.createOptimized("Access-Control-Request-Method, Access-Control-Request-Headers");
  private static final CharSequence TEN_MINUTES = HttpHeaders.createOptimized("600");

  private final Set<String> origins;
  private final boolean isOpen;

  public Cors(Set<String> origins) {
    this.origins = origins;
    this.isOpen = origins.contains(ANY);
  }

  /** Whether anything is said to browsers at all. */
  public boolean isSilent() {
    return origins.isEmpty();
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
    MultiMap headers = call.request().response().headers();
    setPreflight(headers, methods, HeaderValues.in(call.request().headers()));
    headers.set(Names.REQUEST_ID, call.id());
  }

  /**
   * Sets what the answer to a preflight says.
   *
   * @param methods those of the route; empty for all
   * @param asked the headers of the request
   */
  public void setPreflight(MultiMap headers, String methods, HeaderValues asked) {
    if (applyTo(headers, first(asked, ORIGIN))) {
      String method = first(asked, REQUESTED_METHOD);
      headers.set(
          HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS,
          methods.isEmpty() && method != null ? method : methods);
      String names = first(asked, REQUESTED_HEADERS);
      if (names != null) {
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, names);
      }
      headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, TEN_MINUTES);
    }
    headers.add(HttpHeaders.VARY, PREFLIGHT_VARIES);
  }

  private static @Nullable String first(HeaderValues headers, String name) {
    List<String> values = headers.of(name);
    return values.isEmpty() ? null : values.getFirst();
  }

  /**
   * Adds to an answer what a browser needs to show it to its page.
   *
   * @return whether the request's origin may see it
   */
  public boolean applyTo(MultiMap headers, MultiMap requestHeaders) {
    return !origins.isEmpty() && applyTo(headers, requestHeaders.get(HttpHeaders.ORIGIN));
  }

  /** The same for a request from this origin; null for one that names none. */
  public boolean applyTo(MultiMap headers, @Nullable String origin) {
    if (origins.isEmpty()) {
      return false;
    }
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
