package dev.keyway.server.gateway;

import dev.keyway.server.mcp.McpSessionIds;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of an upstream's headers the client gets to see: all but what is meant for one hop only,
 * what speaks in Keyway's name, Keyway's cookies, and rules for browsers, which are the profile's
 * to make.
 */
final class ResponseHeaders {
  private static final String OURS = "keyway-";
  private static final String CORS = "access-control-";

  private static final HeaderNameSet DROPPED =
      new HeaderNameSet(
          List.of(
              "Connection",
              "Content-Length",
              "Keep-Alive",
              "Proxy-Authenticate",
              "Proxy-Connection",
              "TE",
              "Trailer",
              "Transfer-Encoding",
              "Upgrade"));

  private ResponseHeaders() {}

  /**
   * Copies what may pass.
   *
   * @param sessions binds the upstream's session ids; null where the route speaks no MCP
   */
  static void copy(MultiMap from, MultiMap to, @Nullable McpSessionIds sessions, String keyId) {
    HeaderNameSet named = ConnectionOptions.named(from);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey();
      String value = header.getValue();
      if (!passes(name, value, named)) {
        continue;
      }
      if (sessions != null && name.equalsIgnoreCase(McpSessionIds.HEADER)) {
        value = sessions.bind(value, keyId);
      }
      to.add(name, value);
    }
  }

  private static boolean passes(String name, String value, @Nullable HeaderNameSet named) {
    if (DROPPED.contains(name)
        || HeaderNameSet.startsWith(name, OURS)
        || HeaderNameSet.startsWith(name, CORS)
        || (named != null && named.contains(name))) {
      return false;
    }
    return !(name.equalsIgnoreCase("Set-Cookie") && Cookies.isOurs(value));
  }
}
