package dev.keyway.client.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * The forward-auth door as the outside contract describes it, for a product that takes its key as
 * bearer or in the query's {@code apikey}, and browsers from one origin.
 */
public final class StubDoor implements StubServer.Script {
  /** Passes. */
  public static final String GOOD = "stb_good";

  /** Passes, with a signed identity. */
  public static final String SIGNED = "stb_signed";

  /** Is over its limit. */
  public static final String LIMITED = "stb_limited";

  /** Is on a plan without API access. */
  public static final String PLAN = "stb_plan";

  /** Cannot be decided, by the door's own word. */
  public static final String UNDECIDED = "stb_undecided";

  /** Whose pages may call. */
  public static final String ORIGIN = "https://app.example";

  /** The door's answer to a request. */
  @Override
  public void answer(StubServer.Seen seen, Socket connection) throws IOException {
    StubServer.write(connection, answer(seen));
  }

  private static String answer(StubServer.Seen seen) {
    if (!seen.line().equals("GET /authz/stub HTTP/1.1")) {
      return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    }
    boolean fromPage = seen.first("Origin").equals(ORIGIN);
    String cors = fromPage ? "Access-Control-Allow-Origin: " + ORIGIN + "\r\nVary: Origin\r\n" : "";
    if (seen.first("X-Forwarded-Method").equals("OPTIONS")
        && !seen.first("Access-Control-Request-Method").isEmpty()) {
      return head(200, 204, "preflight") + cors + "Access-Control-Max-Age: 600\r\n" + end("");
    }
    List<String> keys = new ArrayList<>(seen.all("Authorization"));
    String target = seen.first("X-Forwarded-Uri");
    int query = target.indexOf("apikey=");
    if (query >= 0) {
      keys.add("Bearer " + target.substring(query + "apikey=".length()).split("&", -1)[0]);
    }
    keys.addAll(seen.all("X-API-Key"));
    if (keys.size() > 1) {
      return refusal(400, "invalid_request", cors);
    }
    return keys.isEmpty()
        ? refusal(401, "missing_key", cors + "WWW-Authenticate: Bearer realm=\"keyway\"\r\n")
        : decide(keys.get(0), cors);
  }

  private static String decide(String presented, String cors) {
    return switch (presented.replaceFirst("(?i)^bearer ", "")) {
      case GOOD -> head(200, 200, "valid") + cors + identity() + end("");
      case SIGNED -> head(200, 200, "valid") + identity() + "Keyway-Identity: a.b.c\r\n" + end("");
      case LIMITED ->
          refusal(
              429,
              "rate_limited",
              cors
                  + "Retry-After: 17\r\nRateLimit: \"data\";r=0;t=17\r\n"
                  + "RateLimit-Policy: \"data\";q=5;w=60\r\n");
      case PLAN -> refusal(403, "api_access_denied", cors);
      case UNDECIDED -> refusal(503, "cannot_verify", "Retry-After: 9\r\n");
      default ->
          refusal(
              401,
              "invalid_key",
              cors + "WWW-Authenticate: Bearer realm=\"keyway\", error=\"invalid_token\"\r\n");
    };
  }

  private static String identity() {
    return """
    Keyway-Key-Id: key_000000000001\r
    Keyway-Account-Id: acc_1\r
    Keyway-Workspace-Id: ws_1\r
    RateLimit: "data";r=4;t=60\r
    """;
  }

  /** 400, 429 and 503 arrive as 403, since some proxies know nothing else. */
  private static String refusal(int status, String code, String fields) {
    int told = status == 401 || status == 503 ? status : 403;
    String body =
        "{\"type\":\"https://keyway.example/problems/%s\",\"status\":%d,\"code\":\"%s\"}"
            .formatted(code, status, code);
    return head(told, status, code)
        + fields
        + "Content-Type: application/problem+json\r\nCache-Control: no-store\r\n"
        + end(body);
  }

  private static String head(int told, int status, String code) {
    return "HTTP/1.1 %d Told\r\nKeyway-Status: %d\r\nKeyway-Code: %s\r\nKeyway-Request-Id: req_1\r\n"
        .formatted(told, status, code);
  }

  private static String end(String body) {
    return "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
  }
}
