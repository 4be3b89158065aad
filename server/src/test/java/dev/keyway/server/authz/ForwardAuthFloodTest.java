package dev.keyway.server.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.server.door.RawClient;
import dev.keyway.server.door.TestKeys;
import dev.keyway.server.door.TestProducts;
import dev.keyway.server.http.Networks;
import dev.keyway.server.http.TrustedProxies;
import java.io.IOException;
import java.security.SecureRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom the bounds on unknown keys meet at this door, and whom they leave alone. */
@Timeout(60)
class ForwardAuthFloodTest {
  /** So few that the slowest machine asks for more. */
  private static final FloodBounds BOUNDS = new FloodBounds(1, 100);

  private static final int MOST = 1_000;

  private final SecureRandom random = new SecureRandom();

  @Test
  @DisplayName("ALL-5 over the bound a key cannot be verified, and good keys go on")
  void unknownKeys_overTheBound_cannotBeVerified() throws Exception {
    try (var door = new TestForwardAuth(Networks.LOOPBACK, TrustedProxies.NONE, BOUNDS);
        var proxy = door.client()) {
      TestKeys.Issued key = door.memoKey();
      assertThat(ask(proxy, key.bearer(), "").status()).isEqualTo(200);
      RawClient.Answer answer = firstUnsaid(proxy, "");

      assertThat(answer.code()).isEqualTo("cannot_verify");
      assertThat(answer.header("Retry-After")).isNotNull();
      assertThat(ask(proxy, key.bearer(), "").status()).isEqualTo(200);
    }
  }

  @Test
  void clientsBehindATrustedProxy_haveBoundsOfTheirOwn() throws Exception {
    try (var door =
            new TestForwardAuth(Networks.LOOPBACK, new TrustedProxies(Networks.LOOPBACK), BOUNDS);
        var proxy = door.client()) {
      assertThat(firstUnsaid(proxy, "192.0.2.1").code()).isEqualTo("cannot_verify");
      assertThat(ask(proxy, madeUp(), "192.0.2.2").status()).isEqualTo(401);
    }
  }

  /** The first answer to made-up keys that says nothing of the key. */
  private RawClient.Answer firstUnsaid(RawClient proxy, String client) throws IOException {
    for (int i = 0; i < MOST; i++) {
      RawClient.Answer answer = ask(proxy, madeUp(), client);
      if (answer.status() != 401) {
        return answer;
      }
      assertThat(answer.code()).isEqualTo("invalid_key");
    }
    throw new AssertionError("every key was looked up");
  }

  private static RawClient.Answer ask(RawClient proxy, String key, String client)
      throws IOException {
    return proxy.ask(
        "GET /authz/memo",
        key,
        "X-Forwarded-Method: GET",
        "X-Forwarded-Uri: /all",
        client.isEmpty() ? "X-Other: none" : "X-Forwarded-For: " + client);
  }

  private String madeUp() {
    return "Authorization: Bearer "
        + KeyFormat.generate(TestProducts.MEMO, random).secret().reveal();
  }
}
