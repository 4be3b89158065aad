package dev.keyway.conformance.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.WireMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that an answer is a problem as the contract has them, and tells nothing that it must not.
 */
final class Refused {

  /** The contract's codes, of the management API and of the doors, by status. */
  private static final Map<Integer, Set<String>> CODES =
      Map.ofEntries(
          Map.entry(400, Set.of("invalid_request", "invalid_name", "invalid_expiry")),
          Map.entry(401, Set.of("unauthenticated", "missing_key", "invalid_key", "key_in_query")),
          Map.entry(
              403,
              Set.of(
                  "forbidden",
                  "api_access_denied",
                  "csrf_failed",
                  "reauthentication_required",
                  "out_of_scope")),
          Map.entry(404, Set.of("not_found")),
          Map.entry(405, Set.of("method_not_allowed")),
          Map.entry(409, Set.of("conflict", "key_limit_reached", "idempotency_in_progress")),
          Map.entry(412, Set.of("precondition_failed")),
          Map.entry(413, Set.of("too_large")),
          Map.entry(415, Set.of("unsupported_media_type")),
          Map.entry(422, Set.of("idempotency_mismatch")),
          Map.entry(429, Set.of("rate_limited")),
          Map.entry(503, Set.of("unavailable", "cannot_verify", "revocation_unconfirmed")));

  private static final List<String> MEMBERS =
      List.of("type", "title", "status", "detail", "code", "request_id");

  /** Words that only a program's inside has. */
  private static final List<String> INSIDE =
      List.of("Exception", "dev.keyway", "java.", "io.vertx", "jackson", "SELECT ", "\tat ");

  private Refused() {}

  /** The answer is a problem of this status and code. */
  static void as(int status, String code, WireMessage answer, String what) {
    assertThat(answer.status()).as("%s: status of %s", what, answer.text()).isEqualTo(status);
    problem(answer, what);
    assertThat(answer.code()).as("%s: code", what).isEqualTo(code);
  }

  /** The answer is a problem with a code that belongs to its status. */
  static void problem(WireMessage answer, String what) {
    int status = answer.status();
    assertThat(answer.headers("Content-Type"))
        .as("%s: media type of %s", what, answer)
        .containsExactly("application/problem+json");
    JsonNode body = Json.read(answer.text());
    assertThat(body.propertyStream().map(Map.Entry::getKey).toList())
        .as("%s: members", what)
        .containsExactlyElementsOf(MEMBERS);
    String code = body.at("/code").asText();
    assertThat(CODES.getOrDefault(status, Set.of()))
        .as("%s: codes of %d", what, status)
        .contains(code);
    assertThat(body.at("/status").asInt()).as("%s: status inside", what).isEqualTo(status);
    assertThat(body.at("/type").asText()).as("%s: type", what).endsWith("/problems/" + code);
    assertThat(answer.headers("Keyway-Request-Id"))
        .as("%s: request id", what)
        .containsExactly(body.at("/request_id").asText());
    assertThat(answer.text()).as("%s: nothing of the inside", what).doesNotContain(INSIDE);
  }
}
