package dev.keyway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.client.stub.StubServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeywayVerifierTest {
  private static final String VALID =
      """
      {"valid":true,"code":"valid","key":{"id":"key_1","product":"memo","name":null,
       "scope":{"kind":"workspace","id":"ws_1"},"expires_at":"2027-01-01T00:00:00Z","tags":[{"id":1}]},
       "account":{"id":"acc_1"},"workspace":{"id":"ws_1"}}
      """;

  private final StubServer server = StubServer.start(StubServer.text(answer(200, VALID)));
  private final KeywayVerifier verifier = KeywayVerifier.of(server.url(), "kwo_operator");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void goodKey_isValid_withWhatItOpens() {
    KeyCheck check = KeyCheck.of("mk_\"live").inProduct("memo").forResource("res_1").uncounted();
    assertThat(verifier.verify(check))
        .isEqualTo(
            new Verification.Valid(
                "key_1",
                "memo",
                "workspace",
                "ws_1",
                Optional.of("acc_1"),
                Optional.of("ws_1"),
                Optional.of(Instant.parse("2027-01-01T00:00:00Z"))));
    StubServer.Seen seen = server.seen().get(0);
    assertThat(seen.line()).isEqualTo("POST /v1/keys/verify HTTP/1.1");
    assertThat(seen.first("Authorization")).isEqualTo("Bearer kwo_operator");
    assertThat(seen.body())
        .isEqualTo(
            "{\"key\":\"mk_\\\"live\",\"product\":\"memo\",\"resource\":\"res_1\",\"count\":false}");
    assertThat(check.toString()).doesNotContain("live");
    assertThat(verifier.toString()).doesNotContain("kwo_");
  }

  @Test
  void keyThatIsNotGood_isInvalid_andSaysWhenToComeAgain() {
    server.script(StubServer.text(answer(200, "{\"valid\":false,\"code\":\"revoked\"}")));
    assertThat(verify()).isEqualTo(new Verification.Invalid("revoked", Optional.empty()));
    server.script(
        StubServer.text(
            answer(200, "{\"valid\":false,\"code\":\"rate_limited\"}")
                .replaceFirst("\r\n", "\r\nRetry-After: 3\r\n")));
    assertThat(verify())
        .isEqualTo(new Verification.Invalid("rate_limited", Optional.of(Duration.ofSeconds(3))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "true",
        "{",
        "{\"valid\":true}",
        "{\"valid\":true,\"code\":\"revoked\"}",
        "{\"valid\":false,\"code\":\"valid\"}",
        "{\"valid\":false,\"code\":\"unheard_of\"}",
        "{\"valid\":true,\"code\":\"valid\"}",
        "{\"valid\":false,\"valid\":true,\"code\":\"valid\"}",
        "{\"valid\":false,\"code\":\"revoked\"} {}"
      })
  void textThatIsNoVerdict_isNone(String body) {
    server.script(StubServer.text(answer(200, body)));
    assertThat(reason()).isEqualTo(UnavailableReason.FOREIGN_ANSWER);
  }

  @ParameterizedTest
  @CsvSource({
    "401,OPERATOR_KEY_REFUSED",
    "403,OPERATOR_KEY_REFUSED",
    "404,FOREIGN_ANSWER",
    "302,FOREIGN_ANSWER",
    "500,SERVER_ERROR",
    "503,SERVER_ERROR"
  })
  void statusThatIsNoVerdict_isNone(int status, UnavailableReason reason) {
    server.script(StubServer.text(answer(status, "")));
    assertThat(reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void keywaysOwnWordThatItCannotDecide_isNoOutage(int status) {
    String own = answer(status, "").replaceFirst("\r\n", "\r\nKeyway-Request-Id: req_1\r\n");
    server.script(StubServer.text(own));
    assertThat(reason()).isEqualTo(UnavailableReason.KEYWAY_CANNOT_DECIDE);
    assertThat(reason().isOutage()).isFalse();
  }

  @Test
  void keyLongerThanAny_isMalformed_withoutACall() {
    assertThat(verifier.verify(KeyCheck.of("k".repeat(513))))
        .isEqualTo(new Verification.Invalid("malformed", Optional.empty()));
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void productKeyInTheOperatorsPlace_isRefusedAtOnce_withoutNamingIt() {
    assertThatThrownBy(() -> KeywayVerifier.of(server.url(), "mk_live_abc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("abc");
  }

  private Verification verify() {
    return verifier.verify(KeyCheck.of("key"));
  }

  private UnavailableReason reason() {
    return ((Verification.Unavailable) verify()).reason();
  }

  private static String answer(int status, String body) {
    return "HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
  }
}
