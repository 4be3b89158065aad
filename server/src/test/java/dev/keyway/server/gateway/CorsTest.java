package dev.keyway.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.door.TestProducts;
import dev.keyway.server.gateway.RawClient.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CorsTest {
  private static final String ORIGIN = "Origin: " + TestProducts.ORIGIN;
  private static final String METHOD = "Access-Control-Request-Method: POST";
  private TestGateway gateway;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    gateway = new TestGateway();
    client = gateway.client();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    gateway.close();
  }

  @Test
  void preflight_isAnsweredAndNotForwarded() throws Exception {
    Answer answer =
        client.ask(
            "OPTIONS /memo/api/items",
            ORIGIN,
            METHOD,
            "Access-Control-Request-Headers: authorization");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(TestProducts.ORIGIN);
    assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, POST");
    assertThat(answer.header("Access-Control-Allow-Headers")).isEqualTo("authorization");
    assertThat(answer.headers("Vary")).contains("origin");
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @Test
  void preflight_allowsWhatAnyRouteOfThePathAllows() throws Exception {
    Answer answer =
        client.ask("OPTIONS /memo/mixed", ORIGIN, "Access-Control-Request-Method: DELETE");

    assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("DELETE");
    assertThat(client.ask("DELETE /memo/mixed", gateway.memoKey().bearer()).status())
        .isEqualTo(200);
  }

  @Test
  void preflight_foreignOrigin_allowsNothing() throws Exception {
    Answer answer = client.ask("OPTIONS /memo/all", "Origin: https://evil.example", METHOD);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(String.join("\n", answer.head())).doesNotContain("Access-Control-Allow", "evil");
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @Test
  void answersAndRefusals_tellTheBrowser() throws Exception {
    var key = gateway.memoKey();
    for (Answer answer :
        new Answer[] {
          client.ask("GET /memo/all", ORIGIN, key.bearer()),
          client.ask("GET /memo/all", ORIGIN),
          client.ask("GET /memo/nowhere", ORIGIN)
        }) {
      assertThat(answer.headers("Access-Control-Allow-Origin"))
          .containsExactly(TestProducts.ORIGIN);
      assertThat(answer.header("Access-Control-Expose-Headers")).contains("Retry-After");
      assertThat(answer.headers("Vary")).contains("origin");
    }
  }

  @Test
  void productWithoutOrigins_saysNothing() throws Exception {
    Answer preflight = client.ask("OPTIONS /memorylake/mcp/v1", ORIGIN, METHOD);
    Answer refusal = client.ask("GET /memorylake/mcp/v1", ORIGIN);

    assertThat(preflight.status()).isEqualTo(401);
    assertThat(String.join("\n", preflight.head()) + String.join("\n", refusal.head()))
        .doesNotContainIgnoringCase("access-control");
  }
}
