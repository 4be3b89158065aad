package dev.keyway.server.gateway;

import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.Peppers;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.lease.SoleNodeLease;
import dev.keyway.core.limit.Limiters;
import dev.keyway.core.memory.RecordedDigests;
import dev.keyway.core.product.Products;
import dev.keyway.core.verify.OpenExchanges;
import dev.keyway.core.verify.Verifier;
import dev.keyway.server.door.IdentityTokens;
import dev.keyway.server.door.RawClient;
import dev.keyway.server.door.SigningKey;
import dev.keyway.server.door.TestKeys;
import dev.keyway.server.door.TestProducts;
import dev.keyway.server.http.ListenerConfig;
import dev.keyway.server.http.TrustedProxies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A running gateway with keys in memory and one upstream of a test's own. */
final class TestGateway implements AutoCloseable {
  /** Look-ups of unknown keys a second: more than a test makes that is not about them. */
  private static final FloodBounds BOUNDS = new FloodBounds(10_000, 10_000);

  static final URI CONTROL = URI.create("https://keys.example");

  final TestUpstream upstream = new TestUpstream();
  final ChangeSlots slots = new ChangeSlots();
  final OpenExchanges exchanges = new OpenExchanges(slots, new SoleNodeLease());
  final KeyDigester digester = new KeyDigester(Peppers.none());
  final TestKeys keys = new TestKeys(slots, digester);
  final SigningKey signingKey = SigningKey.generate();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final GatewayListener listener;
  final int port;

  /** What the gateway's clock asks. */
  volatile InstantSource time = InstantSource.system();

  TestGateway() throws IOException {
    this(Map.of("lake.example", "memorylake"));
  }

  TestGateway(Map<String, String> hosts) throws IOException {
    this(hosts, GatewayConfig.DEFAULT_CLIENT_PATIENCE);
  }

  TestGateway(Map<String, String> hosts, Duration clientPatience) throws IOException {
    this(
        hosts, clientPatience, TrustedProxies.NONE, ListenerConfig.DEFAULT_MAX_CONNECTIONS, BOUNDS);
  }

  TestGateway(
      Map<String, String> hosts,
      Duration clientPatience,
      TrustedProxies proxies,
      int maxClients,
      FloodBounds bounds)
      throws IOException {
    Products products = TestProducts.before(upstream.url(), deadAddress());
    var limiter = Limiters.inMemory(() -> System.nanoTime() / 1_000_000);
    var lookups = new Lookups(bounds, 1_000, new SecureRandom(), System::nanoTime);
    InstantSource clock = () -> time.instant();
    var renewal = new DigestRenewal(digester, new RecordedDigests());
    var verifier =
        new Verifier(
            products,
            digester,
            new SoleNodeLease(),
            keys,
            lookups,
            limiter,
            clock,
            (_, _, _) -> {},
            renewal);
    var config =
        new GatewayConfig(
            "127.0.0.1",
            0,
            URI.create("https://gateway.example"),
            CONTROL,
            null,
            hosts,
            2,
            GatewayConfig.DEFAULT_MAX_CONNECTIONS,
            null,
            clientPatience,
            proxies,
            maxClients);
    listener =
        new GatewayListener(
            config,
            products,
            verifier,
            exchanges,
            _ -> new byte[32],
            new IdentityTokens(signingKey, () -> CONTROL, clock),
            new GatewayMetrics(products, metrics),
            clock);
    port = listener.start();
  }

  TestKeys.Issued memoKey() {
    return keys.issue("memo", TestProducts.MEMO, null);
  }

  RawClient client() throws IOException {
    return new RawClient(port);
  }

  /** Cuts what a change concerns, as a narrowing call does before it returns. */
  void cut(Change change) throws Exception {
    exchanges.cut(change).toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  /** Waits until no exchange is open; a client may see the end a moment before the gateway does. */
  void awaitNoExchanges() throws InterruptedException {
    var pause = new CountDownLatch(1);
    for (int i = 0; i < 500 && exchanges.size() > 0; i++) {
      if (pause.await(10, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
    if (exchanges.size() > 0) {
      throw new AssertionError(exchanges.size() + " exchanges are left open");
    }
  }

  @Override
  public void close() throws IOException {
    listener.stop();
    upstream.close();
  }

  /** A port that was free a moment ago. */
  private static URI deadAddress() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
