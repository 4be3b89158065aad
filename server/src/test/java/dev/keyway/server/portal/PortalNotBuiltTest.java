package dev.keyway.server.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.ClientAddress;
import dev.keyway.server.http.Endpoint;
import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A program into which no portal was built. */
final class PortalNotBuiltTest {
  private final Portal portal =
      new Portal(
          new Assets() {
            @Override
            public Set<String> names() {
              return Set.of();
            }

            @Override
            public byte[] read(String name) {
              throw new AssertionError(name);
            }
          });

  @Test
  void page_saysSoInOneLine() {
    assertThat(portal.has("/keys", List.of("text/html"))).isTrue();
    assertThat(portal.has("/v1", List.of("text/html"))).isFalse();
    Response answer =
        portal.get(
            new Request(
                Endpoint.Method.GET,
                "/keys",
                null,
                Map.of(),
                new byte[0],
                ClientAddress.of("127.0.0.1"),
                "req_1",
                Map.of()));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer).hasToString("Response[404]");
  }
}
