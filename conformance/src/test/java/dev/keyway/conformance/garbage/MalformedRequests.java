package dev.keyway.conformance.garbage;

import java.util.List;

/** Requests to the gateway that are wrong, made from right ones. */
final class MalformedRequests {

  private static final List<String> METHODS =
      List.of(
          "GET", "GET", "GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW", "get",
          "\u00e9");

  private final Junk junk;
  private final List<String> keys;

  /**
   * The requests of one seed.
   *
   * @param keys some that are good, and some that are not
   */
  MalformedRequests(Junk junk, List<String> keys) {
    this.junk = junk;
    this.keys = keys;
  }

  /** A whole request, whose frame is right. */
  Message next() {
    String product = junk.oneOf(List.of("echo", "many", "scoped", "nonsense"));
    String path = product.equals("scoped") ? "/projects/res_x/" : "/t/";
    Message call = Message.of(junk.oneOf(METHODS), "/" + product + path + "a");
    call = junk.oneIn(3) ? call : call.with("Authorization: Bearer " + junk.oneOf(keys));
    for (int changes = 1 + junk.below(3); changes > 0; changes--) {
      switch (junk.below(4)) {
        case 0 -> call = call.to(call.target() + junk.word());
        case 1 -> call = call.to(call.target() + query());
        case 2 -> call = call.with(credential());
        default -> call = call.with(field());
      }
    }
    return junk.oneIn(4)
        ? call.carrying(junk.text().getBytes(java.nio.charset.StandardCharsets.UTF_8))
        : call;
  }

  private String query() {
    String name =
        junk.oneOf(List.of("apikey", "api_key", "access_token", "a", "%61pikey", junk.word()));
    return "?" + name + "=" + (junk.oneIn(2) ? junk.oneOf(keys) : junk.word());
  }

  private String credential() {
    String key =
        junk.oneIn(2) ? junk.oneOf(keys) : junk.mutated(junk.oneOf(keys)).replaceAll("\\s", "~");
    String scheme =
        junk.oneOf(List.of("Bearer ", "Basic ", "bearer  ", "Digest ", "", "Bearer\t", "Bearer,"));
    return junk.oneOf(
            List.of("Authorization: " + scheme + key, "X-API-Key: " + key, "X_API_Key: " + key))
        .replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", "~");
  }

  private String field() {
    String name =
        junk.oneOf(
            List.of(
                "Mcp-Session-Id",
                "Origin",
                "Connection",
                "Cookie",
                "Referer",
                "Keyway-Key-Id",
                "keyway_account_id",
                "X-Forwarded-Uri",
                "TE",
                "Trailer",
                "Accept-Encoding",
                "Upgrade",
                "Access-Control-Request-Method"));
    return name + ": " + junk.word();
  }
}
