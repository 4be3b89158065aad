package dev.keyway.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.server.door.TestProducts;
import dev.keyway.server.gateway.RawClient.Answer;
import dev.keyway.server.gateway.TestKeys.Issued;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The contract's table of situations and answers, row by row. */
class AnswersTest {
  private static final String PATH = "GET /memo/api/items";
  private TestGateway gateway;
  private RawClient client;
  private Issued key;

  @BeforeEach
  void start() throws IOException {
    gateway = new TestGateway();
    client = gateway.client();
    key = gateway.memoKey();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    gateway.close();
  }

  @Test
  void goodKey_isForwarded() throws Exception {
    Answer answer = client.ask(PATH, key.bearer());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("ok");
    assertThat(answer.header("Keyway-Request-Id")).startsWith("req_");
    assertThat(gateway.upstream.next().line()).isEqualTo("GET /api/items HTTP/1.1");
  }

  @Test
  void noCredential_isMissingKey() throws Exception {
    Answer answer = client.ask(PATH);

    assertRefused(answer, 401, "missing_key");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"keyway\"");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.body())
        .contains("\"type\":\"https://keys.example/problems/missing_key\"")
        .contains("\"request_id\":\"" + answer.header("Keyway-Request-Id") + "\"");
  }

  @Test
  @DisplayName("LAKE-6, MEMO-3, MEMO-10: whatever is wrong with a key, the public text is one")
  void wrongKey_isInvalidKeyWithOneText() throws Exception {
    Issued revoked = gateway.memoKey();
    gateway.keys.revoke(revoked.id());
    Issued expired = gateway.memoKey();
    gateway.keys.expire(expired.id(), Instant.now().minusSeconds(1));
    Issued other = gateway.keys.issue("mecha", TestProducts.MECHA, null);
    String unknown = KeyFormat.generate("mk_live_", new SecureRandom()).secret().reveal();
    Answer malformed = client.ask(PATH, "Authorization: Bearer nonsense");

    assertThat(malformed.header("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"keyway\", error=\"invalid_token\"");
    for (String header :
        new String[] {
          "Authorization: Bearer " + unknown,
          revoked.bearer(),
          expired.bearer(),
          other.bearer(),
          "X-API-Key: " + key.text(),
          "Authorization: Token " + key.text(),
          "Authorization: Basic " + base64(key.id() + ":" + key.text())
        }) {
      Answer answer = client.ask(PATH, header);
      assertRefused(answer, 401, "invalid_key");
      assertThat(withoutId(answer)).isEqualTo(withoutId(malformed));
    }
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @Test
  @DisplayName("MEMO-5: a key in the query is refused before all other checks")
  void keyInQuery_isRefused() throws Exception {
    assertRefused(client.ask(PATH + "?apikey=" + key.text()), 401, "key_in_query");
    assertRefused(client.ask(PATH + "?x=" + key.text(), key.bearer()), 401, "key_in_query");
    assertRefused(client.ask(PATH + "?api_key=x", "X-API-Key: a,b"), 401, "key_in_query");
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @Test
  void severalCredentials_areInvalidRequest() throws Exception {
    assertRefused(client.ask(PATH, key.bearer(), key.bearer()), 400, "invalid_request");
    assertRefused(client.ask(PATH, key.bearer(), "X-API-Key: x"), 400, "invalid_request");
    assertRefused(client.ask(PATH, key.bearer() + ", Bearer x"), 400, "invalid_request");
  }

  @Test
  @DisplayName("MEMO-4: a plan without API access")
  void planWithoutApi_isDenied() throws Exception {
    gateway.keys.plan = "free";
    Issued free = gateway.memoKey();

    assertRefused(client.ask(PATH, free.bearer()), 403, "api_access_denied");
  }

  @Test
  @DisplayName("LAKE-4: a key opens its own project, and no other")
  void scopeSegment_anotherResource_isOutOfScope() throws Exception {
    Issued project = gateway.keys.issue("memorylake", TestProducts.LAKE, "res_1");

    Answer own = client.ask("GET /memorylake/projects/res_1/mcp/v1", project.bearer());
    Answer escaped = client.ask("GET /memorylake/projects/res%5F1/mcp/v1", project.bearer());
    Answer other = client.ask("GET /memorylake/projects/res_2/mcp/v1", project.bearer());
    Answer none = client.ask("GET /memorylake/projects", project.bearer());

    assertThat(own.status()).isEqualTo(200);
    assertRefused(escaped, 400, "invalid_request");
    assertRefused(other, 403, "out_of_scope");
    assertRefused(none, 404, "not_found");
  }

  @Test
  @DisplayName("MEMO-9, ALL-4: exactly q requests pass, refusals count nothing")
  void limit_overQuota_isRateLimited() throws Exception {
    client.ask("GET /memo/limited?apikey=x", key.bearer());
    client.ask("DELETE /memo/limited", key.bearer());
    client.ask("GET /memo/limited", "Authorization: Bearer wrong");
    for (int i = 1; i <= TestProducts.QUOTA; i++) {
      Answer admitted = client.ask("GET /memo/limited", key.bearer());
      assertThat(admitted.status()).isEqualTo(200);
      assertThat(admitted.header("RateLimit-Policy")).isEqualTo("\"data\";q=5;w=60");
      assertThat(admitted.header("RateLimit")).startsWith("\"data\";r=" + (5 - i) + ";t=");
    }
    Answer refused = client.ask("GET /memo/limited", key.bearer());

    assertRefused(refused, 429, "rate_limited");
    assertThat(Integer.parseInt(String.valueOf(refused.header("Retry-After")))).isBetween(1, 61);
    assertThat(refused.header("RateLimit")).startsWith("\"data\";r=0;t=");
    assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"data\";q=5;w=60");
    assertThat(client.ask("GET /memo/limited", gateway.memoKey().bearer()).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("ALL-5: an outage is 503, never 200 and never 401")
  void storeDown_isCannotVerify() throws Exception {
    gateway.keys.chill();
    gateway.keys.beforeFind =
        () -> {
          throw new UnavailableException("down", null);
        };

    Answer answer = client.ask(PATH, key.bearer());

    assertRefused(answer, 503, "cannot_verify");
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @Test
  void coldKey_isReadAndForwarded() throws Exception {
    gateway.keys.chill();

    Answer answer = client.ask("POST /memo/api/items", key.bearer(), "Content-Length: 0");

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  @DisplayName("ALL-3: a key revoked between its verification and its exchange is refused")
  void keyChangesWhileVerified_isVerifiedAgain() throws Exception {
    gateway.keys.chill();
    gateway.keys.afterFind =
        () -> {
          gateway.keys.afterFind = () -> {};
          gateway.keys.revoke(key.id());
        };

    assertRefused(client.ask(PATH, key.bearer()), 401, "invalid_key");
    assertThat(gateway.upstream.wasReached()).isFalse();
    assertThat(gateway.exchanges.size()).isZero();
  }

  @Test
  void keyChangesWhileVerified_countsOnce() throws Exception {
    gateway.keys.chill();
    gateway.keys.afterFind =
        () -> {
          gateway.keys.afterFind = () -> {};
          gateway.keys.change(key.id(), same -> same);
        };

    Answer answer = client.ask("GET /memo/limited", key.bearer());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("RateLimit")).startsWith("\"data\";r=4;");
    assertThat(client.ask("GET /memo/limited", key.bearer()).header("RateLimit"))
        .startsWith("\"data\";r=3;");
  }

  @Test
  void noRoute_isNotFound() throws Exception {
    assertRefused(client.ask("GET /memo/api", key.bearer()), 404, "not_found");
    assertRefused(client.ask("GET /memo/api/itemsx", key.bearer()), 404, "not_found");
    assertRefused(client.ask("GET /nobody/api/items", key.bearer()), 404, "not_found");
    assertRefused(client.ask("GET /", key.bearer()), 404, "not_found");
    assertRefused(client.ask("GET /memo", key.bearer()), 404, "not_found");
  }

  @Test
  @DisplayName("MEMO-6: other methods than those of the route are refused")
  void otherMethod_isNotAllowed() throws Exception {
    Answer answer = client.ask("DELETE /memo/api/items/1", key.bearer());

    assertRefused(answer, 405, "method_not_allowed");
    assertThat(answer.header("Allow")).isEqualTo("GET, POST");
    assertRefused(client.ask("TRACE /memo/all", key.bearer()), 405, "method_not_allowed");
    assertRefused(client.ask("CONNECT /memo/all", key.bearer()), 405, "method_not_allowed");
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @Test
  void head_refused_hasNoBody() throws Exception {
    Answer answer = client.ask("HEAD /memo/all");
    Answer next = client.ask(PATH, key.bearer());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Content-Length")).isNotEqualTo("0");
    assertThat(next.body()).isEqualTo("ok");
  }

  @Test
  void discovery_isNotFoundWithoutAuthentication() throws Exception {
    for (String path :
        new String[] {
          "/.well-known/oauth-protected-resource/memo/mcp",
          "/memo/.well-known/openid-configuration",
          "/memo/mcp/.well-known/oauth-authorization-server"
        }) {
      Answer answer = client.ask("GET " + path);
      assertRefused(answer, 404, "not_found");
      assertThat(answer.header("WWW-Authenticate")).isNull();
    }
  }

  @Test
  @DisplayName("LAKE-3, LAKE-7: a key in the accepted query opens, and stays here")
  void acceptedQuery_isStripped() throws Exception {
    Issued lake = gateway.keys.issue("memorylake", TestProducts.LAKE, "res_1");

    Answer answer = client.ask("GET /memorylake/mcp/v1?a=1&apikey=" + lake.text() + "&b=2");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(gateway.upstream.next().line()).isEqualTo("GET /mcp/v1?a=1&b=2 HTTP/1.1");
  }

  @Test
  void basic_idAndKeyMustMatch() throws Exception {
    Issued mecha = gateway.keys.issue("mecha", TestProducts.MECHA, null);
    String good = "Authorization: basic " + base64(mecha.id() + ":" + mecha.text());
    String bad = "Authorization: Basic " + base64("key_000000000000:" + mecha.text());

    assertThat(client.ask("GET /mecha/v1/machines", good).status()).isEqualTo(200);
    assertRefused(client.ask("GET /mecha/v1/machines", bad), 401, "invalid_key");
  }

  @Test
  void ownHost_needsNoProductInPath() throws Exception {
    Issued lake = gateway.keys.issue("memorylake", TestProducts.LAKE, "res_1");
    client.send("GET /mcp/v1 HTTP/1.1", "Host: Lake.example:8443", lake.bearer());

    assertThat(client.read().status()).isEqualTo(200);
    var reached = gateway.upstream.next();
    assertThat(reached.line()).isEqualTo("GET /mcp/v1 HTTP/1.1");
    assertThat(reached.header("X-Forwarded-Host")).isEqualTo("lake.example");
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  private static String withoutId(Answer answer) {
    return answer.body().replaceAll("req_[0-9a-z]+", "")
        + answer.head().stream().filter(line -> !line.contains("req_")).toList();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
