package dev.keyway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.client.stub.StubDoor;
import dev.keyway.client.stub.StubServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeywayClientTest {
  private final StubServer door = StubServer.start(new StubDoor());
  private final KeywayClient keyway = KeywayClient.of(door.url(), "stub");

  @AfterEach
  void stop() {
    door.close();
  }

  @Test
  void goodKey_isAllowed_withItsIdentity_andWhatTheAnswerIsToSay() {
    var allowed = (Decision.Allowed) check(StubDoor.GOOD);
    assertThat(allowed.identity())
        .isEqualTo(
            new KeywayIdentity(
                "key_000000000001",
                "acc_1",
                Optional.of("ws_1"),
                Optional.empty(),
                "req_1",
                Optional.empty()));
    assertThat(allowed.headers()).containsOnlyKeys("RateLimit", "Keyway-Request-Id");
    assertThat(((Decision.Allowed) check(StubDoor.SIGNED)).identity().signed()).contains("a.b.c");
    assertThat(check(StubDoor.SIGNED).toString()).doesNotContain("a.b.c");
  }

  @ParameterizedTest
  @CsvSource({
    "stb_limited,429,rate_limited,17",
    "stb_plan,403,api_access_denied,",
    "stb_wrong,401,invalid_key,"
  })
  void refusal_isHandedOnAsTheClientIsToSeeIt(String key, int status, String code, String retry) {
    var refused = (Decision.Refused) check(key);
    assertThat(refused.code()).isEqualTo(code);
    ClientAnswer answer = refused.answer();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    assertThat(answer.headers()).containsEntry("content-type", List.of("application/problem+json"));
    assertThat(answer.headers()).doesNotContainKeys("Keyway-Status", "Keyway-Code");
    if (retry == null) {
      assertThat(answer.headers()).doesNotContainKey("Retry-After");
    } else {
      assertThat(answer.headers()).containsEntry("Retry-After", List.of(retry));
    }
  }

  @Test
  void keywaysOwnWordThatItCannotDecide_isNoOutage_andKeepsItsRetryAfter() {
    var unavailable = (Decision.Unavailable) check(StubDoor.UNDECIDED);
    assertThat(unavailable.reason()).isEqualTo(UnavailableReason.KEYWAY_CANNOT_DECIDE);
    assertThat(unavailable.reason().isOutage()).isFalse();
    assertThat(unavailable.answer().headers()).containsEntry("Retry-After", List.of("9"));
  }

  @Test
  void whatIsAsked_isTheMethodTheTargetAndTheCredentials_lineByLine() {
    ForwardedRequest request =
        ForwardedRequest.of("POST", "/v1/a%20b?x=1&apikey=")
            .with("authorization", "Bearer a")
            .with("Authorization", "Bearer b")
            .with("Cookie", "secret=1")
            .with("X-Forwarded-For", "192.0.2.1");
    assertThat(keyway.check(request)).isInstanceOf(Decision.Refused.class);
    StubServer.Seen seen = door.seen().get(0);
    assertThat(seen.line()).isEqualTo("GET /authz/stub HTTP/1.1");
    assertThat(seen.first("X-Forwarded-Method")).isEqualTo("POST");
    assertThat(seen.first("X-Forwarded-Uri")).isEqualTo("/v1/a%20b?x=1&apikey=");
    assertThat(seen.all("Authorization")).containsExactly("Bearer a", "Bearer b");
    assertThat(seen.all("X-Forwarded-For")).containsExactly("192.0.2.1");
    assertThat(seen.all("Cookie")).isEmpty();
    assertThat(request.toString()).isEqualTo("ForwardedRequest[POST]");
  }

  @Test
  void preflight_isAnsweredAndNotAllowed() {
    ForwardedRequest preflight =
        ForwardedRequest.of("OPTIONS", "/v1/machines")
            .with("Origin", StubDoor.ORIGIN)
            .with("Access-Control-Request-Method", "POST");
    var answer = ((Decision.Preflight) keyway.check(preflight)).answer();
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.headers())
        .containsEntry("Access-Control-Allow-Origin", List.of(StubDoor.ORIGIN))
        .containsEntry("Access-Control-Max-Age", List.of("600"));
    door.script(
        StubServer.text(
            "HTTP/1.1 200 OK\r\nKeyway-Status: 204\r\nKeyway-Code: ok\r\nContent-Length: 0\r\n\r\n"));
    assertThat(keyway.check(preflight)).isInstanceOf(Decision.Unavailable.class);
  }

  @Test
  void faultWithinKeyway_isToldAsCannotVerify_withTheFieldsForBrowsers() {
    door.script(
        StubServer.text(
            """
            HTTP/1.1 500 No\r
            Keyway-Status: 500\r
            Keyway-Code: internal\r
            Access-Control-Allow-Origin: https://app.example\r
            Content-Length: 0\r
            \r
            """));
    ClientAnswer told = ((Decision.Unavailable) check(StubDoor.GOOD)).answer();
    assertThat(told.status()).isEqualTo(503);
    assertThat(told.body()).contains("\"code\":\"cannot_verify\"");
    assertThat(told.headers())
        .containsEntry("Retry-After", List.of("5"))
        .containsEntry("Access-Control-Allow-Origin", List.of("https://app.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer \u00e9", "Bearer a\r\nX-API-Key: b", "Bearer \u4e2d\u0000"})
  void strangeCharacters_spoilTheKey_andNothingElse(String value) {
    assertThat(keyway.check(ForwardedRequest.of("GET", "/").with("Authorization", value)))
        .isInstanceOf(Decision.Refused.class);
    assertThat(door.seen().get(0).all("X-API-Key")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "http://other/", "/a b", "/\u00e9", "/a#b", "/a\r\nX-API-Key: b"})
  void targetThatIsNone_isRefused_withoutACall(String target) {
    var refused = (Decision.Refused) keyway.check(ForwardedRequest.of("GET", target));
    assertThat(refused.answer().status()).isEqualTo(400);
    assertThat(door.seen()).isEmpty();
  }

  @Test
  void whatKeywayWouldNotRead_isRefused_withoutACall() {
    for (ForwardedRequest request :
        List.of(
            ForwardedRequest.of("GET", "/" + "a".repeat(8 * 1024)),
            ForwardedRequest.of("GET", "/").with("X-API-Key", "a".repeat(14 * 1024)))) {
      assertThat(((Decision.Refused) keyway.check(request)).answer().status()).isEqualTo(413);
    }
    assertThat(door.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "127.0.0.1:7700", "ftp://host", "http://", "http://u:p@host", "http://h?x=1"})
  void addressThatIsNone_isRefusedAtOnce(String url) {
    assertThatThrownBy(() -> KeywayClient.of(url, "stub"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> KeywayClient.of("http://host", "../v1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Decision check(String key) {
    return keyway.check(ForwardedRequest.of("GET", "/v1").with("Authorization", "Bearer " + key));
  }
}
