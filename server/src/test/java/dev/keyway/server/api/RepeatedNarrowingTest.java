package dev.keyway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.verify.Exchange;
import dev.keyway.core.verify.VerifiableKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ALL-3: a narrowing call that could not be confirmed can be repeated until it is. */
final class RepeatedNarrowingTest {
  /** Whose key, and what is called. */
  private static final String CALLS =
      """
      bobs  | DELETE | /v1/workspaces/{workspace} |
      bobs  | PATCH  | /v1/workspaces/{workspace} | {'plan':'free'}
      bobs  | DELETE | /v1/workspaces/{workspace}/members/{bob} |
      bobs  | DELETE | /v1/accounts/{bob} |
      bobs  | PATCH  | /v1/accounts/{bob} | {'status':'suspended'}
      lake  | DELETE | /v1/resources/{project} |
      mecha | PATCH  | /v1/keys/{mecha.id} | {'expires_at':'2026-03-02T00:00:00.1234Z'}
      mecha | POST   | /v1/keys/{mecha.id}/revoke | {}
      bobs  | POST   | /v1/keys/revoke | {'product':'memo','account':'{bob}','reason':'leak'}
      """;

  private final RunningApi api = new RunningApi();
  private final Fixtures fixtures = new Fixtures(api);
  private final Client operator = fixtures.as("operator");

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest(name = "{1} {2} {3}")
  @DisplayName("ALL-3 the repetition cuts what the first call could not, and says since when")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = CALLS)
  void call_cutFailsAtFirst_isConfirmedWhenRepeated(
      String key, String method, String path, @Nullable String body) {
    var exchange = new StubbornExchange();
    assertThat(api.exchanges.enter(exchange, verifiable(key))).isTrue();
    String target = fixtures.fill(path);
    String sent = body == null ? null : fixtures.fill(body).replace('\'', '"');

    operator.send(method, target, sent).problem(503, "revocation_unconfirmed");
    assertThat(exchange.cuts).hasValue(1);
    Client.Reply again = operator.send(method, target, sent).expect(200);

    assertThat(exchange.cuts).hasValue(2);
    assertThat(again.json().at("/revocation/effective_at").asText()).isNotEmpty();
    operator.send(method, target, sent).expect(200);
  }

  @ParameterizedTest(name = "{1} {2} {3}")
  @DisplayName(
      "ALL-3 a call whose commit is stuck is unconfirmed, done or not, and can be repeated")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = CALLS)
  void call_commitIsStuck_isConfirmedWhenRepeated(
      String key, String method, String path, @Nullable String body) {
    String target = fixtures.fill(path);
    String sent = body == null ? null : fixtures.fill(body).replace('\'', '"');
    VerifiableKey before = verifiable(key);
    Client repeating = operator.with("Idempotency-Key", "stuck");

    api.commits.next(Commits.Stuck.NEVER_DONE);
    operator.send(method, target, sent).problem(503, "revocation_unconfirmed");
    api.commits.next(Commits.Stuck.NEVER_DONE);
    repeating.send(method, target, sent).problem(503, "revocation_unconfirmed");
    api.commits.next(Commits.Stuck.DONE_LATE);
    repeating.send(method, target, sent).problem(503, "revocation_unconfirmed");
    Client.Reply again = repeating.send(method, target, sent).expect(200);

    assertThat(again.json().at("/revocation/effective_at").asText()).isNotEmpty();
    assertThat(api.exchanges.enter(new StubbornExchange(), before)).as("what is stale").isFalse();
    operator.send(method, target, sent).expect(200);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("ALL-3 a PATCH with If-Match that was committed late can be repeated as it is")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/workspaces/{workspace} | {'name':'Lab','plan':'free'}  | {'name':'L','plan':'free'}",
        "/v1/accounts/{bob} | {'name':'B','status':'suspended'} | {'name':'Bo','status':'suspended'}",
        "/v1/keys/{mecha.id} | {'name':'n','expires_at':'2026-03-02T00:00:00.1234Z'}"
            + " | {'name':'m','expires_at':'2026-03-02T00:00:00.1234Z'}",
      })
  void patch_withVersion_commitIsLate_isConfirmedWhenRepeated(
      String path, String body, String another) {
    String target = fixtures.fill(path);
    Client first = operator.with("If-Match", operator.get(target).expect(200).header("ETag"));

    api.commits.next(Commits.Stuck.DONE_LATE);
    first.send("PATCH", target, json(body)).problem(503, "revocation_unconfirmed");
    first.send("PATCH", target, json(another)).problem(412, "precondition_failed");

    var again = first.send("PATCH", target, json(body)).expect(200);
    assertThat(again.json().at("/revocation/effective_at").asText()).isNotEmpty();
  }

  private String json(String body) {
    return fixtures.fill(body).replace('\'', '"');
  }

  @Test
  @DisplayName("what another product's operator deleted is not found, like what never was")
  void delete_again_ofAnotherProducts_isNotFound() {
    var stranger = fixtures.as("meko_operator");
    for (String path :
        new String[] {
          "/v1/workspaces/{workspace}", "/v1/accounts/{bob}", "/v1/resources/{project}"
        }) {
      operator.send("DELETE", fixtures.fill(path), null).expect(200);
      stranger.send("DELETE", fixtures.fill(path), null).problem(404, "not_found");
    }
  }

  private VerifiableKey verifiable(String key) {
    var id = ApiKeyId.parse(fixtures.value(key + ".id")).orElseThrow();
    return api.stores.apiKeys().findForVerification(id).orElseThrow();
  }

  /** Cannot be cut the first time. */
  private static final class StubbornExchange implements Exchange {
    private final AtomicInteger cuts = new AtomicInteger();

    @Override
    public CompletionStage<?> cut() {
      return cuts.incrementAndGet() == 1
          ? CompletableFuture.failedFuture(new IllegalStateException("a broken exchange"))
          : CompletableFuture.completedFuture(null);
    }
  }
}
