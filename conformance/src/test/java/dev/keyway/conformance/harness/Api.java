package dev.keyway.conformance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;

/** A caller of the management API: one base address and the header fields sent with each call. */
public final class Api {

  private final URI control;
  private final Map<String, String> headers;

  private Api(URI control, Map<String, String> headers) {
    this.control = control;
    this.headers = headers;
  }

  /** A caller without any credential. */
  public static Api anonymous(URI control) {
    return new Api(control, Map.of());
  }

  /** The same caller with one header field more, or replaced. */
  public Api with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Api(control, more);
  }

  /** The same address, called with this key (operator key or product key) as bearer. */
  public Api bearer(String key) {
    return with("Authorization", "Bearer " + key);
  }

  /** The address called. */
  public URI control() {
    return control;
  }

  /** Signs a person in; the caller returned carries the session's cookie and CSRF token. */
  public Api signIn(String product, String email, String password) {
    Answer answer =
        post("/v1/sessions", Json.of("product", product, "email", email, "password", password));
    if (answer.status() / 100 != 2) {
      throw new AssertionError(
          "sign-in of " + email + " answered " + answer.status() + " " + answer.body());
    }
    return anonymous(control)
        .with("Cookie", cookieOf(answer))
        .with("X-CSRF-Token", answer.text("csrf_token"));
  }

  /** The {@code name=value} part of the answer's session cookie. */
  public static String cookieOf(Answer answer) {
    String setCookie =
        answer.header("set-cookie").orElseThrow(() -> new AssertionError("no Set-Cookie"));
    return setCookie.substring(0, setCookie.indexOf(';'));
  }

  public Answer get(String path) {
    return Http.send(request(path).GET().build());
  }

  public Answer post(String path, JsonNode body) {
    return send("POST", path, "application/json", body.toString());
  }

  /** A POST without a body, such as a revoke without a reason. */
  public Answer post(String path) {
    return Http.send(request(path).POST(BodyPublishers.noBody()).build());
  }

  public Answer put(String path, JsonNode body) {
    return send("PUT", path, "application/json", body.toString());
  }

  public Answer patch(String path, JsonNode body) {
    return send("PATCH", path, "application/json", body.toString());
  }

  public Answer delete(String path) {
    return Http.send(request(path).DELETE().build());
  }

  /** Any method, media type and text, for what a well-behaved client would not send. */
  public Answer send(String method, String path, String mediaType, String body) {
    return Http.send(
        request(path)
            .header("Content-Type", mediaType)
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(control.resolve(path)).timeout(Http.PATIENCE);
    headers.forEach(request::setHeader);
    return request;
  }
}
