package dev.keyway.conformance.garbage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Basic;
import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.WireMessage;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Credentials doubled, joined, misspelled and put where none belong, at a product that takes a key
 * in every place there is. {@code KEY} and {@code ID} stand for a good one, {@code BASIC} and
 * {@code PAIR} for the pair of both, encoded and not; fields are joined by bars.
 */
@DisplayName("Garbage: one credential, in one place, in one form")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CredentialTricksTest {

  private final Bench bench = Bench.shared();
  private final NewKey key = bench.key("many");

  static Stream<Arguments> fields() {
    return Stream.of(
        row("Authorization: Bearer KEY", "", 200),
        row("Authorization: Basic BASIC", "", 200),
        row("X-API-Key: KEY", "", 200),
        row("", "?apikey=KEY", 200),
        row("Authorization: Bearer KEY|Authorization: Bearer KEY", "", 400),
        row("Authorization: Bearer KEY|authorization: Basic BASIC", "", 400),
        row("Authorization: Bearer KEY|Authorization:", "", 400),
        row("Authorization: Bearer KEY, Bearer KEY", "", 400),
        row("Authorization: Bearer KEY,", "", 400),
        row("Authorization: Bearer ,KEY", "", 400),
        row("Authorization: Bearer KEY|X-API-Key: KEY", "", 400),
        row("Authorization: Bearer KEY|X-API-Key: x", "", 400),
        row("Authorization: x|X-API-Key: KEY", "", 400),
        row("X-API-Key: KEY|X-API-Key: KEY", "", 400),
        row("X-API-Key: KEY, KEY", "", 400),
        row("X-API-Key: KEY|x-api-key:", "", 400),
        row("Authorization: Bearer KEY", "?apikey=KEY", 400),
        row("X-API-Key: KEY", "?apikey=", 400),
        row("", "?apikey=KEY&apikey=KEY", 400),
        row("", "?apikey=KEY&apikey=", 400),
        row("", "?apikey=KEY;apikey=KEY", 400),
        row("", "?apikey=KEY,KEY", 400),
        row("", "?apikey=KEY&%61pikey=x", 400),
        row("Authorization: Bearer KEY", "?x=KEY", 401),
        row("", "?apikey=KEY&x=KEY", 401),
        row("", "?api_key=KEY", 401),
        row("", "?access_token=KEY", 401),
        row("", "?APIKEY=KEY", 401),
        row("", "?apikey[]=KEY", 401),
        row("", "?KEY", 401),
        row("Authorization: Bearer  KEY", "", 401),
        row("Authorization: Bearer\tKEY", "", 401),
        row("Authorization: Bearer KEY x", "", 401),
        row("Authorization: Bearer KEY;x", "", 401),
        row("Authorization: Bearer \"KEY\"", "", 401),
        row("Authorization: Bearer KEY=", "", 401),
        row("Authorization: Bearer KEYx", "", 401),
        row("Authorization: Bearer \u00e9KEY", "", 401),
        row("Authorization: Bearer\u00a0KEY", "", 401),
        row("Authorization: BearerKEY", "", 401),
        row("Authorization: Bearer", "", 401),
        row("Authorization: Bearer " + "x".repeat(8_000), "", 401),
        row("Authorization: KEY", "", 401),
        row("Authorization: Token KEY", "", 401),
        row("Authorization: Digest KEY", "", 401),
        row("Authorization:", "", 401),
        row("Authorization:   ", "", 401),
        row("X-API-Key:", "", 401),
        row("X-API-Key: Bearer KEY", "", 401),
        row("X-API-Key: \u00e9", "", 401),
        row("Authorization: Basic PAIR", "", 401),
        row("Authorization: Basic  BASIC", "", 401),
        row("Authorization: Basic BASIC=", "", 401),
        row("Authorization: Basic BASIC BASIC", "", 401),
        row("Authorization: Basic ====", "", 401),
        row("Authorization: Basic", "", 401),
        row("Authorization: Basic " + base64("no colon"), "", 401),
        row("Authorization: Basic " + base64("key_000000000000:x"), "", 401),
        row("Proxy-Authorization: Bearer KEY", "", 401),
        row("X_API_Key: KEY", "", 401),
        row("X-Api-Key\u00e9: KEY", "", 400),
        row("X-Authorization: Bearer KEY", "", 401),
        row("Cookie: apikey=KEY; keyway_session=KEY", "", 401),
        row("Keyway-Key-Id: ID", "", 401),
        row("Keyway_Key_Id: ID|X-Forwarded-User: ID", "", 401),
        row("Connection: Authorization|Authorization: Bearer KEY", "", 200),
        row("Connection: close, X-Api-Key|X-API-Key: KEY|Authorization: Bearer KEY", "", 400));
  }

  @ParameterizedTest(name = "[{index}] {0} {1} is {2}")
  @MethodSource("fields")
  void credential(String fields, String query, int status) {
    String path = Bench.unique("/t");
    bench.upstream().on(path, (_, wire) -> wire.respond(200, "text/plain", "ok"));
    String head = "GET /many" + path + query + " HTTP/1.1\r\nHost: HOST\r\n";
    String lines = fields.isEmpty() ? "" : fields.replace("|", "\r\n") + "\r\n";
    WireMessage answer = ask(head + lines + "\r\n");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(bench.upstream().waiting(path)).isEqualTo(status == 200 ? 1 : 0);
    assertThat(answer.toString()).doesNotContain(key.secret());
    if (status == 200) {
      assertThat(bench.upstream().next(path).toString())
          .doesNotContain(key.secret())
          .doesNotContainIgnoringCase("x-api-key");
    } else {
      Refused.problem(answer, fields);
    }
  }

  private WireMessage ask(String text) {
    String basic = Basic.of(key.id(), key.secret()).substring("Basic ".length());
    try (RawConnection connection = bench.door().connect()) {
      String said =
          text.replace("HOST", connection.host())
              .replace("BASIC", basic)
              .replace("PAIR", key.id() + ":" + key.secret())
              .replace("KEY", key.secret())
              .replace("ID", key.id());
      return connection.write(said.getBytes(ISO_8859_1)).answer();
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
  }

  private static Arguments row(String fields, String query, int status) {
    return Arguments.of(fields, query, status);
  }
}
