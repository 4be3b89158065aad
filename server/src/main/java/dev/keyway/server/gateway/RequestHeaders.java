package dev.keyway.server.gateway;

import dev.keyway.core.product.SecretText;
import dev.keyway.server.door.CredentialReader;
import dev.keyway.server.door.DoorRoute;
import dev.keyway.server.mcp.McpSessionIds;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a client's headers one upstream gets to see: all but credentials, Keyway's own names,
 * what is meant for one hop only, and what would let a client claim a different path, method or
 * origin than the one that was checked.
 */
final class RequestHeaders {
  private static final String OURS = "keyway-";

  private static final List<String> CREDENTIALS =
      List.of("Authorization", "X-API-Key", "Proxy-Authorization");

  /** RFC 9110, 7.6.1; the framing of a body is set anew. */
  private static final List<String> HOP_BY_HOP =
      List.of(
          "Connection",
          "Content-Length",
          "Expect",
          "Host",
          "HTTP2-Settings",
          "Keep-Alive",
          "Proxy-Connection",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade");

  /** Upstreams hear these from Keyway alone; what a trusted proxy said is read, and said anew. */
  private static final List<String> CLAIMS =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Method",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Forwarded-Proto",
          "X-Forwarded-Scheme",
          "X-Forwarded-Server",
          "X-Forwarded-Ssl",
          "X-Forwarded-Uri",
          "X-Original-Method",
          "X-Original-Uri",
          "X-Original-Url",
          "X-Real-Ip",
          "X-Rewrite-Url",
          // A POST that an upstream takes for a DELETE would pass a route that allows no DELETE.
          "X-HTTP-Method",
          "X-HTTP-Method-Override",
          "X-Method-Override");

  private final HeaderNameSet dropped;
  private final List<Map.Entry<CharSequence, String>> added = new ArrayList<>();

  /**
   * A policy for one upstream.
   *
   * @param configured the headers set on each request, in place of any the client sent
   */
  RequestHeaders(Map<String, SecretText> configured) {
    List<String> names = new ArrayList<>(CREDENTIALS);
    names.addAll(HOP_BY_HOP);
    names.addAll(CLAIMS);
    names.addAll(configured.keySet());
    this.dropped = new HeaderNameSet(names);
    configured.forEach(
        (name, value) -> added.add(Map.entry(HttpHeaders.createOptimized(name), value.reveal())));
  }

  /**
   * Copies what may pass and adds the configured headers.
   *
   * @param reader finds the keys that addresses in headers may hold
   */
  void copy(MultiMap from, MultiMap to, DoorRoute route, CredentialReader reader) {
    HeaderNameSet named = ConnectionOptions.named(from);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey();
      if (passes(name, named) && !(route.isMcp() && isSession(name))) {
        String value = changed(name, header.getValue(), reader);
        if (value != null) {
          to.add(name, value);
        }
      }
    }
    for (Map.Entry<CharSequence, String> header : added) {
      to.set(header.getKey(), header.getValue());
    }
  }

  private boolean passes(String name, @Nullable HeaderNameSet named) {
    return !dropped.contains(name)
        && !HeaderNameSet.startsWith(name, OURS)
        && (named == null || !named.contains(name));
  }

  private static boolean isSession(String name) {
    return HeaderNameSet.startsWith(name, "mcp-session-id")
        && name.length() == McpSessionIds.HEADER.length();
  }

  private static @Nullable String changed(String name, String value, CredentialReader reader) {
    if (name.equalsIgnoreCase("Cookie")) {
      return Cookies.withoutOurs(value);
    }
    if (name.equalsIgnoreCase("Referer")) {
      return withoutKeys(value, reader);
    }
    return value;
  }

  /** A page whose address carries a key names that address in its requests. */
  private static String withoutKeys(String referer, CredentialReader reader) {
    int question = referer.indexOf('?');
    if (question < 0) {
      return referer;
    }
    String query = reader.withoutKeys(referer.substring(question + 1));
    String page = referer.substring(0, question);
    return query == null ? page : page + '?' + query;
  }
}
