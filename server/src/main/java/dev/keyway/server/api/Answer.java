package dev.keyway.server.api;

import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Response;
import java.util.Map;

/**
 * What an operation answers when it is done.
 *
 * @param headers of this operation's own, such as {@code ETag}
 */
record Answer(int status, JsonObject body, Map<String, String> headers) {
  private static final String SECRET = "secret";
  private static final String ENDPOINT_URL = "endpoint_url";

  static Answer ok(JsonObject body) {
    return new Answer(200, body, Map.of());
  }

  static Answer created(JsonObject body) {
    return new Answer(201, body, Map.of());
  }

  /** The same answer with the version of what it shows, for {@code If-Match}. */
  Answer withVersion(long version) {
    return with(Map.of("ETag", "\"" + version + "\""));
  }

  /** The same answer with these headers. */
  Answer with(Map<String, String> additional) {
    return new Answer(status, body, additional);
  }

  /** The body as it may be kept: a secret is shown once and says afterwards that it was. */
  JsonObject withoutSecret() {
    if (!body.has(SECRET)) {
      return body;
    }
    JsonObject kept = body.copy().putNull(SECRET).put("secret_unavailable", true);
    return kept.has(ENDPOINT_URL) ? kept.putNull(ENDPOINT_URL) : kept;
  }

  Response toResponse() {
    Response response =
        body.has(SECRET) ? Response.secret(status, body) : Response.json(status, body);
    return response.with(headers);
  }
}
