package dev.keyway.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.KeyFormat;
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
  private static final int FLOOD = 10 * TestGateway.BOUNDS.perAddress();

  private final SecureRandom random = new SecureRandom();

  @Test
  @DisplayName("ALL-5 over the bound a key cannot be verified; nobody is told that it is wrong")
  void unknownKeys_overTheBound_cannotBeVerified() throws Exception {
    try (var gateway = gateway(TrustedProxies.NONE)) {
      try (var client = gateway.client()) {
        List<Integer> statuses = flood(client, "");
        assertThat(statuses).containsOnly(401, 503).endsWith(503);
        RawClient.Answer answer = client.ask("GET /memo/all", madeUp());
        assertThat(answer.body()).contains("cannot_verify");
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(client.ask("GET /memo/all", gateway.memoKey().bearer()).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void headerOfAnUntrustedPeer_changesNothing() throws Exception {
    try (var gateway = gateway(TrustedProxies.NONE);
        var client = gateway.client()) {
      int refused = 0;
      for (int i = 0; i < FLOOD; i++) {
        refused += ask(client, "X-Forwarded-For: 192.0.2." + i % 250) == 503 ? 1 : 0;
      }
      assertThat(refused).isPositive();
    }
  }

  @Test
  void clientsBehindATrustedProxy_haveBoundsOfTheirOwn() throws Exception {
    try (var gateway = gateway(new TrustedProxies(Networks.LOOPBACK));
        var client = gateway.client()) {
      assertThat(flood(client, "X-Forwarded-For: 203.0.113.9, 192.0.2.1")).endsWith(503);

      assertThat(ask(client, "X-Forwarded-For: 203.0.113.9, 192.0.2.2")).isEqualTo(401);
      assertThat(ask(client, "X-Forwarded-For: 192.0.2.1")).isEqualTo(503);
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
        new TestGateway(Map.of(), GatewayConfig.DEFAULT_CLIENT_PATIENCE, TrustedProxies.NONE, 3)) {
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

  private List<Integer> flood(RawClient client, String header) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      statuses.add(ask(client, header));
    }
    return statuses;
  }

  private int ask(RawClient client, String header) throws IOException {
    return header.isEmpty()
        ? client.ask("GET /memo/all", madeUp()).status()
        : client.ask("GET /memo/all", madeUp(), header).status();
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
        ListenerConfig.DEFAULT_MAX_CONNECTIONS);
  }
}
