package dev.keyway.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.server.door.TestProducts;
import dev.keyway.server.http.ListenerConfig;
import dev.keyway.server.http.Networks;
import dev.keyway.server.http.TrustedProxies;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom the bounds on unknown keys and on connections meet, and whom they leave alone. */
@Timeout(60)
class FloodTest {
  /** So few that the slowest machine asks for more. */
  private static final FloodBounds BOUNDS = new FloodBounds(1, 100);

  private static final int MOST = 1_000;

  private final SecureRandom random = new SecureRandom();

  @Test
  @DisplayName("ALL-5 over the bound a key cannot be verified; nobody is told that it is wrong")
  void unknownKeys_overTheBound_cannotBeVerified() throws Exception {
    try (var gateway = gateway(TrustedProxies.NONE)) {
      try (var client = gateway.client()) {
        RawClient.Answer answer = firstUnsaid(client, "X-Other: none");
        assertThat(answer.code()).isEqualTo("cannot_verify");
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(client.ask("GET /memo/all", gateway.memoKey().bearer()).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void headerOfAnUntrustedPeer_changesNothing() throws Exception {
    try (var gateway = gateway(TrustedProxies.NONE);
        var client = gateway.client()) {
      RawClient.Answer answer = client.ask("GET /memo/all", madeUp());
      for (int i = 0; i < 250 && answer.status() == 401; i++) {
        answer = client.ask("GET /memo/all", madeUp(), "X-Forwarded-For: 192.0.2." + i);
      }
      assertThat(answer.status()).isEqualTo(503);
    }
  }

  @Test
  void clientsBehindATrustedProxy_haveBoundsOfTheirOwn() throws Exception {
    try (var gateway = gateway(new TrustedProxies(Networks.LOOPBACK));
        var client = gateway.client()) {
      String first = "X-Forwarded-For: 203.0.113.9, 192.0.2.1";
      String second = "X-Forwarded-For: 203.0.113.9, 192.0.2.2";

      assertThat(firstUnsaid(client, first).code()).isEqualTo("cannot_verify");
      assertThat(client.ask("GET /memo/all", madeUp(), second).status()).isEqualTo(401);
    }
  }

  @Test
  void upstream_isToldTheClientAndNotTheProxy() throws Exception {
    try (var gateway = gateway(new TrustedProxies(Networks.LOOPBACK));
        var client = gateway.client()) {
      client.ask(
          "GET /memo/all", gateway.memoKey().bearer(), "X-Forwarded-For: 203.0.113.9, 192.0.2.1");

      assertThat(gateway.upstream.next().headers("X-Forwarded-For")).containsExactly("192.0.2.1");
    }
  }

  @Test
  void connections_overTheBound_areCutOffAtOnceUntilOneEnds() throws Exception {
    try (var gateway =
        new TestGateway(
            Map.of(), GatewayConfig.DEFAULT_CLIENT_PATIENCE, TrustedProxies.NONE, 3, BOUNDS)) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        clients.add(gateway.client());
        assertThat(clients.get(i).ask("GET /memo/all").status()).isEqualTo(401);
      }
      try (var further = gateway.client()) {
        assertThat(further.isAtEnd()).isTrue();
      }
      assertThat(gateway.listener.connections().refused()).isEqualTo(1);

      clients.getFirst().close();
      while (gateway.listener.connections().open() == 3) {
        Thread.onSpinWait();
      }
      try (var next = gateway.client()) {
        assertThat(next.ask("GET /memo/all").status()).isEqualTo(401);
      }
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  /** The first answer to made-up keys that says nothing of the key. */
  private RawClient.Answer firstUnsaid(RawClient client, String header) throws IOException {
    for (int i = 0; i < MOST; i++) {
      RawClient.Answer answer = client.ask("GET /memo/all", madeUp(), header);
      if (answer.status() != 401) {
        return answer;
      }
      assertThat(answer.code()).isEqualTo("invalid_key");
    }
    throw new AssertionError("every key was looked up");
  }

  private String madeUp() {
    return "Authorization: Bearer "
        + KeyFormat.generate(TestProducts.MEMO, random).secret().reveal();
  }

  private static TestGateway gateway(TrustedProxies proxies) throws IOException {
    return new TestGateway(
        Map.of(),
        GatewayConfig.DEFAULT_CLIENT_PATIENCE,
        proxies,
        ListenerConfig.DEFAULT_MAX_CONNECTIONS,
        BOUNDS);
  }
}
