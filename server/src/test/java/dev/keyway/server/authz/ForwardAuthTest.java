package dev.keyway.server.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.UnavailableException;
import dev.keyway.server.door.RawClient;
import dev.keyway.server.door.RawClient.Answer;
import dev.keyway.server.door.TestKeys;
import dev.keyway.server.door.TestProducts;
import dev.keyway.server.http.Networks;
import dev.keyway.server.http.TrustedProxies;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy may ask, in which words, and what it is told. */
@Timeout(60)
class ForwardAuthTest {
  private static final String GET = "X-Forwarded-Method: GET";
  private static final String TARGET = "X-Forwarded-Uri: /api/items";
  private TestForwardAuth door;
  private RawClient proxy;

  @BeforeEach
  void start() throws IOException {
    door = new TestForwardAuth();
    proxy = door.client();
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    door.close();
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-Method, X-Forwarded-Uri",
    "X-Original-Method, X-Original-URI",
    "x-forwarded-method, x-original-uri"
  })
  void request_underEitherName_isDecidedAbout(String method, String uri) throws Exception {
    TestKeys.Issued key = door.memoKey();
    Answer answer =
        proxy.ask("GET /authz/memo", key.bearer(), method + ": POST", uri + ": /api/items?a=b");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("0");
    assertThat(answer.header("Keyway-Key-Id")).isEqualTo(key.id().toString());
    assertThat(answer.header("Keyway-Account-Id")).startsWith("acc_");
    assertThat(answer.header("Keyway-Workspace-Id")).startsWith("ws_");
    assertThat(answer.headers("Keyway-Resource-Id")).isEmpty();
    assertThat(answer.headers("Keyway-Identity")).isEmpty();
    assertThat(answer.headers("Keyway-Target")).isEmpty();
    assertVerdict(answer, "200", "valid");
    assertThat(door.answers("memo", 200, "none")).isEqualTo(1);
  }

  @Test
  void sameInBothNames_isOneWord() throws Exception {
    Answer answer =
        proxy.ask(
            "GET /authz/memo",
            door.memoKey().bearer(),
            GET,
            "X-Original-Method: GET",
            TARGET,
            "X-Original-URI: /api/items");

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-Uri: /api/items, '', ''",
    "X-Forwarded-Method: GET, '', ''",
    "X-Forwarded-Uri: /api/items, X-Forwarded-Method: GET, X-Original-Method: POST",
    "X-Forwarded-Uri: /api/items, X-Forwarded-Method: GET, X-Forwarded-Method: GET",
    "X-Forwarded-Method: GET, X-Forwarded-Uri: /api/items, X-Original-URI: /all",
    "X-Forwarded-Method: GET, X-Forwarded-Uri: /api/items, X-Forwarded-Uri: /api/items",
    "X-Forwarded-Method: GET, X-Forwarded-Uri: api/items, X-Other: x",
    "X-Forwarded-Method: GET, X-Forwarded-Uri: https://a.example/api/items, X-Other: x",
    "X-Forwarded-Method: GET, X-Forwarded-Uri: /api/../items, X-Other: x"
  })
  void whatIsNotSaidClearly_isRefused(String first, String second, String third) throws Exception {
    String key = door.memoKey().bearer();
    Answer answer = proxy.ask("GET /authz/memo", key, first, or(second), or(third));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("invalid_request");
    assertVerdict(answer, "400", "invalid_request");
  }

  @Test
  void missingHeader_isNamed() throws Exception {
    assertThat(proxy.ask("GET /authz/memo", TARGET).body()).contains("X-Forwarded-Method");
    assertThat(proxy.ask("GET /authz/memo", GET).body()).contains("X-Forwarded-Uri");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "OPTIONS", "DELETE", "BREW"})
  void subrequest_mayHaveAnyMethod(String method) throws Exception {
    String key = door.memoKey().bearer();
    assertThat(proxy.ask(method + " /authz/memo?x=y", key, GET, TARGET).status()).isEqualTo(200);

    Answer refused = proxy.ask(method + " /authz/memo", GET, TARGET);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body().isEmpty()).isEqualTo(method.equals("HEAD"));
  }

  @Test
  void body_isDropped_andTheConnectionGoesOn() throws Exception {
    String key = door.memoKey().bearer();
    for (int i = 0; i < 3; i++) {
      proxy.send("POST /authz/memo HTTP/1.1", "Host: a", key, GET, TARGET, "Content-Length: 5");
      proxy.write("hello");
      assertThat(proxy.read().status()).isEqualTo(200);
    }
  }

  @Test
  void headThatIsTooLong_isRefusedWithAVerdict() throws Exception {
    Answer answer = ask(GET, TARGET, "X-Long: " + "x".repeat(17 * 1024));
    assertThat(answer.status()).isEqualTo(413);
    assertVerdict(answer, "413", "too_large");
  }

  @Test
  void refusals_areTheGateways() throws Exception {
    TestKeys.Issued key = door.memoKey();
    assertRefused(401, "missing_key", "", "/api/items");
    assertRefused(401, "key_in_query", "", "/api/items?apikey=x");
    assertRefused(404, "not_found", key.bearer(), "/nowhere");
    assertRefused(404, "not_found", key.bearer(), "/.well-known/oauth-protected-resource");
    door.keys.plan = "free";
    door.keys.chill();
    assertRefused(403, "api_access_denied", door.memoKey().bearer(), "/api/items");
    Answer method = ask(key.bearer(), "X-Original-Method: DELETE", TARGET);
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.header("Allow")).isEqualTo("GET, POST");
    door.keys.revoke(key.id());
    assertRefused(401, "invalid_key", key.bearer(), "/api/items");
    assertThat(door.answers("memo", 401, "invalid_key")).isEqualTo(1);
  }

  @Test
  @DisplayName("MEMO-9, ALL-4: exactly q requests pass, refusals count nothing")
  void limit_isExact() throws Exception {
    String key = door.memoKey().bearer();
    String limited = "X-Forwarded-Uri: /limited";
    for (int i = 0; i < TestProducts.QUOTA; i++) {
      Answer answer = ask(key, GET, limited);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("RateLimit")).contains("r=" + (TestProducts.QUOTA - 1 - i));
      assertThat(ask(key, "X-Forwarded-Method: POST", limited).status()).isEqualTo(405);
    }
    Answer refused = ask(key, GET, limited);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 61);
    assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"data\";q=5;w=60");
    assertVerdict(refused, "429", "rate_limited");
  }

  @Test
  @DisplayName("LAKE-7: where the query held a key, the proxy is told what is left to forward")
  void keyInTheQuery_isLeftOutOfTheTarget() throws Exception {
    TestKeys.Issued key = door.keys.issue("memorylake", TestProducts.LAKE, null);
    for (String query :
        List.of("a=b&apikey=KEY&c=d", "a=b&c=d&api%6Bey=KEY", "apikey=KEY&a=b&c=d")) {
      Answer answer =
          proxy.ask(
              "GET /authz/memorylake",
              GET,
              "X-Forwarded-Uri: /mcp/v1?" + query.replace("KEY", key.text()));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Keyway-Target")).isEqualTo("/mcp/v1?a=b&c=d");
    }
  }

  @Test
  void signedRoute_carriesAnIdentity() throws Exception {
    String key = door.memoKey().bearer();
    String first = ask(key, GET, "X-Forwarded-Uri: /signed").header("Keyway-Identity");
    assertThat(first).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    assertThat(ask(key, GET, "X-Forwarded-Uri: /signed").header("Keyway-Identity"))
        .isEqualTo(first);
  }

  @Test
  void preflight_isAnsweredWithoutAKey_andNothingElseIs() throws Exception {
    String origin = "Origin: " + TestProducts.ORIGIN;
    String options = "X-Forwarded-Method: OPTIONS";
    Answer answer = ask(origin, options, TARGET, "Access-Control-Request-Method: POST");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, POST");
    assertThat(answer.headers("Keyway-Key-Id")).isEmpty();
    assertVerdict(answer, "204", "preflight");
    assertThat(ask(origin, options, TARGET).status()).isEqualTo(405);
    Answer refused = ask(origin, GET, TARGET);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo(TestProducts.ORIGIN);
  }

  @Test
  void unknownProduct_isNotFound() throws Exception {
    for (String path : List.of("/authz/", "/authz/nope", "/authz/memo/x", "/authz/%6demo")) {
      Answer answer = proxy.ask("GET " + path, door.memoKey().bearer(), GET, TARGET);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertVerdict(answer, "404", "not_found");
    }
  }

  @Test
  void outsiders_seeNoDoor() throws Exception {
    try (var closed =
            new TestForwardAuth(Networks.NONE, TrustedProxies.NONE, TestForwardAuth.WIDE);
        var outsider = closed.client();
        var another = closed.client()) {
      Answer there = outsider.ask("GET /authz/memo", closed.memoKey().bearer(), GET, TARGET);
      Answer nowhere = another.ask("GET /nowhere/memo", GET, TARGET);

      assertThat(there.status()).isEqualTo(404);
      assertThat(names(there)).isEqualTo(names(nowhere)).doesNotContain("Keyway-Status");
    }
  }

  @Test
  @DisplayName("ALL-3: a key that changes while it is being read is looked at once more")
  void keyRevokedBehindItsReading_isRefused() throws Exception {
    TestKeys.Issued key = door.memoKey();
    door.keys.chill();
    door.keys.afterFind =
        () -> {
          door.keys.afterFind = () -> {};
          door.keys.revoke(key.id());
        };
    assertRefused(401, "invalid_key", key.bearer(), "/api/items");
  }

  @Test
  @DisplayName("ALL-5: a store that does not answer is 503, never 401 and never 200")
  void storeThatDoesNotAnswer_cannotVerify() throws Exception {
    TestKeys.Issued key = door.memoKey();
    door.keys.chill();
    door.keys.beforeFind =
        () -> {
          throw new UnavailableException("a test's outage", null);
        };
    Answer answer = ask(key.bearer(), GET, TARGET);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertVerdict(answer, "503", "cannot_verify");
  }

  private Answer ask(String... headers) throws IOException {
    return proxy.ask("GET /authz/memo", headers);
  }

  private void assertRefused(int status, String code, String key, String target)
      throws IOException {
    Answer answer = ask(or(key), GET, "X-Forwarded-Uri: " + target);
    assertThat(answer.status()).as(target).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertVerdict(answer, Integer.toString(status), code);
  }

  private static void assertVerdict(Answer answer, String status, String code) {
    assertThat(answer.headers("Keyway-Status")).containsExactly(status);
    assertThat(answer.headers("Keyway-Code")).containsExactly(code);
    assertThat(answer.headers("Keyway-Request-Id")).hasSize(1);
  }

  private static List<String> names(Answer answer) {
    return answer.head().stream().map(line -> line.split(":", 2)[0]).toList();
  }

  private static String or(String header) {
    return header.isEmpty() ? "X-Other: none" : header;
  }
}
