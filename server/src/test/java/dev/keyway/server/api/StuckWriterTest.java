package dev.keyway.server.api;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What narrowing calls are answered that change nothing, while nothing can be written. */
final class StuckWriterTest {
  private final RunningApi api = new RunningApi();
  private final Fixtures fixtures = new Fixtures(api);

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @DisplayName("ALL-3 a refused call has changed nothing and is not called unconfirmed")
  @CsvSource(
      delimiter = '|',
      value = {
        "bob       | DELETE | /v1/workspaces/{workspace} | 403 | forbidden",
        "reader    | DELETE | /v1/workspaces/{workspace} | 403 | forbidden",
        "key:mecha | DELETE | /v1/workspaces/{workspace} | 403 | forbidden",
        "mia       | DELETE | /v1/keys/{bobs.id}         | 404 | not_found",
        "operator  | DELETE | /v1/workspaces/ws_none     | 404 | not_found",
        "nobody    | DELETE | /v1/workspaces/{workspace} | 401 | unauthenticated",
      })
  void refusal_cannotBeNoted_isStillTheAnswer(
      String caller, String method, String path, int status, String code) {
    String target = fixtures.fill(path);
    Client client = fixtures.as(caller);
    api.commits.nothingIsWritten();

    client.send(method, target, null).problem(status, code);
  }

  @Test
  @DisplayName("a session's call is answered though its use cannot be noted")
  void session_useCannotBeNoted_isAnswered() {
    Client ada = fixtures.as("ada");
    String key = fixtures.fill("/v1/keys/{bobs.id}");
    api.world.pass(Duration.ofMinutes(2));
    api.commits.nothingIsWritten();

    ada.get(key).expect(200);
    ada.send("DELETE", key, null).problem(503, "revocation_unconfirmed");
  }

  @Test
  @DisplayName("a call beyond the limit of a product's key is refused")
  void limitIsReached_isStillTheAnswer() {
    Client holder = fixtures.as("key:memo");
    String key = fixtures.fill("/v1/keys/{memo.id}");
    for (int i = 0; i < 4; i++) {
      holder.get(key).expect(200);
    }
    api.commits.nothingIsWritten();

    holder.send("DELETE", key, null).problem(429, "rate_limited");
  }

  @Test
  @DisplayName("a call that did not come to its change is not called unconfirmed")
  void idempotencyKeyCannotBeTaken_isUnavailable() {
    String key = fixtures.fill("/v1/keys/{bobs.id}");
    Client operator = fixtures.as("operator").with("Idempotency-Key", "once");
    api.commits.nothingIsWritten();

    operator.send("DELETE", key, null).problem(503, "unavailable");
  }
}
