package dev.keyway.app.assembly;

import dev.keyway.app.config.Config;
import dev.keyway.app.config.Listener;
import dev.keyway.app.config.Network;
import dev.keyway.app.config.Tls;
import dev.keyway.core.operator.Authenticator;
import dev.keyway.core.product.Products;
import dev.keyway.core.session.SignInThrottle;
import dev.keyway.server.api.ControlApi;
import dev.keyway.server.api.ControlParts;
import dev.keyway.server.gateway.GatewayConfig;
import dev.keyway.server.gateway.GatewayListener;
import dev.keyway.server.gateway.SigningKey;
import dev.keyway.server.http.ControlListener;
import dev.keyway.server.http.ControlMetrics;
import dev.keyway.server.http.DecisionMetrics;
import dev.keyway.server.http.Health;
import dev.keyway.server.http.ListenerConfig;
import dev.keyway.server.http.Networks;
import dev.keyway.server.http.PepperMetrics;
import dev.keyway.server.portal.Argon2PasswordHasher;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One node, made by hand: decisions over a store, the control listener, the gateway. Read it from
 * top to bottom to see every object being made on the way to a handler.
 */
public final class Assembly implements AutoCloseable {
  /** How long requests under way may go on when the node is told to stop. */
  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(20);

  private final Config config;
  private final Products products;
  private final StoreAssembly store;
  private final SecureRandom random;
  private final InstantSource clock = () -> Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final AtomicBoolean draining = new AtomicBoolean();
  private final ControlMetrics metrics = new ControlMetrics();
  private final SigningKey signingKey = SigningKey.generate();
  private final Argon2PasswordHasher passwords;
  private final LimitWriter limitWriter = new LimitWriter();
  private final Decisions decisions;
  private final ControlListener control;
  private final Housekeeping housekeeping;
  private @Nullable GatewayListener gateway;
  private @Nullable URI gatewayUrl;

  /**
   * Makes a node over an open store, which it closes in the end; nothing listens yet.
   *
   * @param products with the addresses of their upstreams
   */
  public Assembly(Config config, Products products, StoreAssembly store, SecureRandom random) {
    this.config = config;
    this.products = products;
    this.store = store;
    this.random = random;
    this.passwords = new Argon2PasswordHasher(random);
    var decisionMetrics = new DecisionMetrics(products, metrics.registry());
    this.decisions =
        Decisions.over(store, products, config.peppers(), decisionMetrics, limitWriter, clock);
    this.control = new ControlListener(controlConfig(), metrics);
    var pepperMetrics = new PepperMetrics(metrics.registry());
    this.housekeeping =
        new Housekeeping(
            decisions.usage(),
            decisions.renewal(),
            decisions.limiter(),
            store.sessions(),
            store.invitations(),
            store.idempotency(),
            store.usage(),
            () -> pepperMetrics.show(store.digests().useAt(clock.instant())),
            clock);
  }

  /** Listens: first the control listener, for the gateway's answers refer to it. */
  public void start() {
    limitWriter.start(decisions.limiter());
    control.start(ControlApi.routes(controlParts()));
    Listener listener = config.gateway();
    int port = FreePort.ifZero(listener.listen());
    URI publicUrl = listener.publicUrl(port);
    gatewayUrl = publicUrl;
    var started =
        new GatewayListener(
            gatewayConfig(port, publicUrl),
            products,
            decisions.verifier(),
            decisions.exchanges(),
            store.secrets(),
            signingKey,
            clock);
    gateway = started;
    started.start();
  }

  /** The control listener's public URL; only after {@link #start}. */
  public String controlUrl() {
    return control.publicUrl();
  }

  /** The gateway's public URL; only after {@link #start}. */
  public String gatewayUrl() {
    if (gatewayUrl == null) {
      throw new IllegalStateException("the gateway is not started");
    }
    return gatewayUrl.toString();
  }

  /** What the program's own commands may do to this node. */
  public Operations operations() {
    return new Operations(store, decisions, passwords, random, clock);
  }

  /** Finds out who holds a key. */
  public Authenticator authenticator() {
    return new Authenticator(
        store.operatorKeys(), decisions.digester(), decisions.verifier(), decisions.renewal());
  }

  /** Lets what is under way end for a while, then stops everything and closes the store. */
  @Override
  public void close() {
    draining.set(true);
    if (gateway != null) {
      gateway.drain(DRAIN_PATIENCE);
      gateway.stop();
    }
    control.drain(DRAIN_PATIENCE);
    housekeeping.close();
    // After the last request: it then still counts.
    limitWriter.close();
    passwords.close();
    store.close();
  }

  private ControlParts controlParts() {
    return new ControlParts(
        new ControlParts.Stores(
            store.accounts(),
            store.workspaces(),
            store.resources(),
            store.keys(),
            store.operatorKeys(),
            store.sessions(),
            store.passwords(),
            store.invitations(),
            store.audit(),
            store.idempotency()),
        new ControlParts.Rules(
            products,
            decisions.verifier(),
            decisions.narrowing(),
            decisions.limiter(),
            decisions.digester(),
            decisions.renewal(),
            passwords,
            new SignInThrottle(random, () -> System.nanoTime() / 1_000_000),
            random,
            clock),
        new ControlParts.Outside(
            control::publicUrl,
            this::gatewayUrl,
            signingKey::jwks,
            new Health(store.changes()::head, draining::get),
            metrics));
  }

  private ListenerConfig controlConfig() {
    Listener listener = config.control();
    URI publicUrl = listener.publicUrl();
    Tls tls = listener.tls();
    return new ListenerConfig(
        listener.listen().host(),
        listener.listen().port(),
        publicUrl == null ? null : publicUrl.toString(),
        tls == null ? null : new ListenerConfig.Tls(tls.certificate(), tls.key()),
        new Networks(config.internalNetworks().stream().map(Network::toString).toList()),
        ListenerConfig.DEFAULT_MAX_CONCURRENT,
        ListenerConfig.DEFAULT_BODY_PATIENCE);
  }

  private GatewayConfig gatewayConfig(int port, URI publicUrl) {
    Tls tls = config.gateway().tls();
    return new GatewayConfig(
        config.gateway().listen().host(),
        port,
        publicUrl,
        URI.create(control.publicUrl()),
        tls == null ? null : new GatewayConfig.Tls(tls.certificate(), tls.key()),
        config.hosts(),
        Runtime.getRuntime().availableProcessors(),
        GatewayConfig.DEFAULT_MAX_CONNECTIONS);
  }
}
