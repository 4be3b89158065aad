package dev.keyway.cli.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.keyway.cli.CliException;
import dev.keyway.cli.ExitCode;
import dev.keyway.cli.credential.Credential;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The management API of one server, called with one key. */
public final class Server {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than a narrowing call may take (W + 5 s). */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Wire wire;
  private final URI address;
  private final Credential credential;

  /** A server; the address is that of its control listener. */
  public Server(Wire wire, URI address, Credential credential) {
    this.wire = wire;
    this.address = address;
    this.credential = credential;
  }

  /** The body of a successful GET. */
  public JsonNode get(String path, Map<String, String> query) {
    return json("GET", path + queryOf(query), null, Map.of());
  }

  /** The body of a successful POST. */
  public JsonNode post(String path, @Nullable JsonNode body) {
    return json("POST", path, body, Map.of());
  }

  /** The body of a successful POST that may be repeated without doing its work twice. */
  public JsonNode postOnce(String path, JsonNode body, String idempotencyKey) {
    return json("POST", path, body, Map.of("Idempotency-Key", '"' + idempotencyKey + '"'));
  }

  /** The body of a successful PATCH. */
  public JsonNode patch(String path, JsonNode body) {
    return json("PATCH", path, body, Map.of());
  }

  private JsonNode json(
      String method, String path, @Nullable JsonNode body, Map<String, String> headers) {
    Answer answer = send(address, method, path, body == null ? null : body.toString(), headers);
    JsonNode read = read(answer.body());
    if (answer.status() >= 300) {
      throw Problem.of(answer.status(), read, Wire.first(answer, "Retry-After"));
    }
    if (answer.status() < 200 || !read.isObject()) {
      // A page of whatever stands between is no answer.
      throw new CliException(ExitCode.UNAVAILABLE, "no Keyway answers at " + address);
    }
    return read;
  }

  /**
   * Any request with the key.
   *
   * @param base scheme, host and port, and a path to put before the other
   * @param path begins with a slash
   */
  public Answer send(
      URI base, String method, String path, @Nullable String body, Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("Authorization", "Bearer " + credential.reveal());
    all.put("User-Agent", "keyway-cli");
    if (body != null) {
      all.put("Content-Type", "application/json");
    }
    all.putAll(headers);
    HttpRequest.Builder request = HttpRequest.newBuilder(resolved(base, path)).timeout(PATIENCE);
    try {
      all.forEach(request::setHeader);
      request.method(
          method,
          body == null
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofString(body));
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "the method or a header is none that can be sent");
    }
    return Wire.answer(wire.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  private static URI resolved(URI base, String path) {
    String before = base.toString();
    try {
      return URI.create(
          (before.endsWith("/") ? before.substring(0, before.length() - 1) : before) + path);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "'" + path + "' is no path; encode it", e);
    }
  }

  /** What a body says, or nothing where it is not JSON: a proxy's page, say. */
  public static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static String queryOf(Map<String, String> query) {
    var text = new StringBuilder();
    query.forEach((name, value) ->
        text.append(text.isEmpty() ? '?' : '&')
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return text.toString();
  }
}
