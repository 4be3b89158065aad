package dev.keyway.server.authz;

import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.Peppers;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.lease.SoleNodeLease;
import dev.keyway.core.limit.Limiters;
import dev.keyway.core.memory.RecordedDigests;
import dev.keyway.core.product.Products;
import dev.keyway.core.verify.Verifier;
import dev.keyway.server.door.IdentityTokens;
import dev.keyway.server.door.RawClient;
import dev.keyway.server.door.SigningKey;
import dev.keyway.server.door.TestKeys;
import dev.keyway.server.door.TestProducts;
import dev.keyway.server.http.ControlListener;
import dev.keyway.server.http.ListenerConfig;
import dev.keyway.server.http.Networks;
import dev.keyway.server.http.Routes;
import dev.keyway.server.http.TrustedProxies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** A control listener with the door alone, and keys in memory. */
final class TestForwardAuth implements AutoCloseable {
  static final FloodBounds WIDE = new FloodBounds(10_000, 10_000);

  final ChangeSlots slots = new ChangeSlots();
  final KeyDigester digester = new KeyDigester(Peppers.none());
  final TestKeys keys = new TestKeys(slots, digester);
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final ForwardAuth door;
  private final ControlListener listener;

  TestForwardAuth() {
    this(Networks.LOOPBACK, TrustedProxies.NONE, WIDE);
  }

  TestForwardAuth(Networks internal, TrustedProxies proxies, FloodBounds bounds) {
    URI nowhere = URI.create("http://upstream.invalid");
    Products products = TestProducts.before(nowhere, nowhere);
    InstantSource clock = InstantSource.system();
    var verifier =
        new Verifier(
            products,
            digester,
            new SoleNodeLease(),
            keys,
            new Lookups(bounds, 1_000, new SecureRandom(), System::nanoTime),
            Limiters.inMemory(() -> System.nanoTime() / 1_000_000),
            clock,
            (_, _, _) -> {},
            new DigestRenewal(digester, new RecordedDigests()));
    this.listener = new ControlListener(config(internal, proxies), (_, _) -> {});
    this.door =
        new ForwardAuth(
            products,
            verifier,
            slots,
            new IdentityTokens(SigningKey.generate(), this::url, clock),
            new ForwardAuthMetrics(products, metrics),
            this::url);
    listener.start(new Routes(List.of()), door);
  }

  private static ListenerConfig config(Networks internal, TrustedProxies proxies) {
    return new ListenerConfig(
        "127.0.0.1",
        0,
        null,
        null,
        internal,
        10,
        ListenerConfig.DEFAULT_BODY_PATIENCE,
        ListenerConfig.DEFAULT_HEAD_PATIENCE,
        proxies,
        ListenerConfig.DEFAULT_MAX_CONNECTIONS,
        2);
  }

  private URI url() {
    return URI.create(listener.publicUrl());
  }

  TestKeys.Issued memoKey() {
    return keys.issue("memo", TestProducts.MEMO, null);
  }

  RawClient client() throws IOException {
    return new RawClient(listener.port());
  }

  /** How many answers were counted. */
  double answers(String product, int status, String code) {
    return metrics
        .get("keyway.authz.answers")
        .tags("product", product, "status", Integer.toString(status), "code", code)
        .counter()
        .count();
  }

  @Override
  public void close() {
    listener.close();
    door.close();
  }
}
