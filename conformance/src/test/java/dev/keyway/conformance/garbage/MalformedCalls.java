package dev.keyway.conformance.garbage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * Management calls that are wrong, made from right ones: those of the OpenAPI document, with one to
 * three things changed.
 */
final class MalformedCalls {

  private static final List<String> TYPES =
      List.of(
          "text/plain", "application/json; charset=utf-16", "application/xml", "", "\u00ff", "*/*");

  private final Junk junk;
  private final List<Operation> operations;
  private final Map<String, String> ids;
  private final List<String> credentials;

  /**
   * The calls of one seed.
   *
   * @param credentials header fields; an empty one sends none
   */
  MalformedCalls(
      Junk junk, List<Operation> operations, Map<String, String> ids, List<String> credentials) {
    this.junk = junk;
    this.operations = operations;
    this.ids = ids;
    this.credentials = credentials;
  }

  /** A whole request, whose frame is right. */
  Message next() {
    Operation operation = operation();
    Message call = Message.of(operation.method(), operation.target(ids));
    String credential = junk.oneOf(credentials);
    call = credential.isEmpty() ? call : call.with(credential);
    String body = operation.hasBody() ? operation.example().toString() : "";
    String type = "application/json";
    for (int changes = 1 + junk.below(3); changes > 0; changes--) {
      switch (junk.below(7)) {
        case 0 -> call = call.to(call.target() + query(operation));
        case 1 -> call = call.to(path(call.target()));
        case 2 -> call = call.with(field());
        case 3 -> type = junk.oneOf(TYPES);
        default -> body = operation.hasBody() ? body(operation, body) : body;
      }
    }
    if (body.isEmpty() && junk.oneIn(3)) {
      body = junk.text();
    }
    return body.isEmpty() ? call : call.carrying(bytes(body)).with("Content-Type: " + type);
  }

  /** Signing in reads a password slowly, on purpose; too many of them would test that alone. */
  private Operation operation() {
    Operation operation = junk.oneOf(operations);
    return operation.id().equals("createSession") && !junk.oneIn(10) ? operation() : operation;
  }

  private String query(Operation operation) {
    List<JsonNode> parameters = operation.parameters();
    String name =
        parameters.isEmpty() || junk.oneIn(4)
            ? junk.word()
            : junk.oneOf(parameters).at("/name").asText();
    String pair = name + "=" + junk.word();
    return "?" + (junk.oneIn(4) ? pair + "&" + pair : pair);
  }

  private String path(String target) {
    int at = junk.oneIn(2) ? target.length() : target.lastIndexOf('/') + 1;
    return target.substring(0, at) + junk.word();
  }

  private String field() {
    String name =
        junk.oneOf(
            List.of(
                "Idempotency-Key",
                "If-Match",
                "Authorization",
                "Cookie",
                "Origin",
                "X-CSRF-Token",
                "Content-Encoding",
                "Accept",
                "X-Forwarded-For",
                "Content-Type",
                "Keyway-Request-Id"));
    String value = name.equals("Cookie") ? "keyway_session=" + junk.word() : junk.word();
    return name + ": " + (junk.oneIn(3) ? "Bearer " + value : value);
  }

  private String body(Operation operation, String body) {
    List<String> names =
        operation.schema().at("/properties").propertyStream().map(Map.Entry::getKey).toList();
    String member = "\"" + (junk.oneIn(5) ? junk.word() : junk.oneOf(names)) + "\":" + junk.value();
    return switch (junk.below(5)) {
      case 0 -> junk.mutated(body);
      case 1 -> "[".repeat(junk.below(3_000)) + body;
      case 2 ->
          body.replaceFirst("\\{", "{" + member.replace("\\", "\\\\").replace("$", "\\$") + ",");
      default -> "{" + member + "}";
    };
  }

  /** Half of the texts as they are, byte by byte; half as the UTF-8 that a client would send. */
  private byte[] bytes(String body) {
    return body.getBytes(junk.oneIn(2) ? ISO_8859_1 : UTF_8);
  }
}
