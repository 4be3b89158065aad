package dev.keyway.app.assembly;

import dev.keyway.app.config.Config;
import dev.keyway.app.config.HostPort;
import dev.keyway.app.config.Listener;
import dev.keyway.app.config.Tls;
import dev.keyway.app.metrics.NarrowingMetrics;
import dev.keyway.app.metrics.NodeGauges;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.operator.Authenticator;
import dev.keyway.core.product.Products;
import dev.keyway.core.session.SignInThrottle;
import dev.keyway.core.usage.UsageReader;
import dev.keyway.server.api.ControlApi;
import dev.keyway.server.api.ControlParts;
import dev.keyway.server.authz.ExtAuthzListener;
import dev.keyway.server.authz.ExtAuthzMetrics;
import dev.keyway.server.authz.ForwardAuth;
import dev.keyway.server.authz.ForwardAuthMetrics;
import dev.keyway.server.door.IdentityTokens;
import dev.keyway.server.door.SigningKey;
import dev.keyway.server.gateway.GatewayListener;
import dev.keyway.server.gateway.GatewayMetrics;
import dev.keyway.server.http.Certificate;
import dev.keyway.server.http.ControlListener;
import dev.keyway.server.http.ControlMetrics;
import dev.keyway.server.http.DecisionMetrics;
import dev.keyway.server.http.Health;
import dev.keyway.server.http.PepperMetrics;
import dev.keyway.server.portal.Argon2PasswordHasher;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node, made by hand: decisions over a store, the control listener, the gateway. Read it from
 * top to bottom to see every object being made on the way to a handler.
 */
public final class Assembly implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

  /** What management calls get, however long the gateway took. */
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);

  /** A database that answers gives a lease at once. */
  private static final Duration JOIN_PATIENCE = Duration.ofSeconds(20);

  /** Of so many sessions it is remembered that they were good. */
  private static final int MOST_SESSIONS = 10_000;

  private final Config config;
  private final Products products;
  private final StoreAssembly store;
  private final SecureRandom random;
  private final InstantSource clock;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final ControlMetrics metrics;
  private final NodeGauges gauges;
  private final GatewayMetrics gatewayMetrics;
  private final Certificates certificates;
  private final ListenerConfigs listeners;
  private final StoreWatch storeWatch;
  private final Health health;
  private final List<CertificateWatch> certificateWatches = new ArrayList<>();
  private final SigningKey signingKey = SigningKey.generate();
  private final Argon2PasswordHasher passwords;
  private final LimitWriter limitWriter = new LimitWriter();
  private final Decisions decisions;
  private final PublishedKeys publishedKeys;
  private final IdentityTokens identities;
  private final ControlListener control;
  private final ForwardAuth forwardAuth;
  private final Housekeeping housekeeping;
  private final Runnable countPeppers;
  private @Nullable GatewayListener gateway;
  private @Nullable URI gatewayUrl;
  private final ExtAuthzMetrics extAuthzMetrics;
  private @Nullable ExtAuthzListener extAuthz;
  private String extAuthzAddress = "off";

  /**
   * Makes a node over an open store, which it closes in the end; nothing listens yet.
   *
   * @param products with the addresses of their upstreams
   * @param metrics where the store's calls are counted already
   */
  public Assembly(
      Config config,
      Products products,
      StoreAssembly store,
      Certificates certificates,
      ControlMetrics metrics,
      SecureRandom random) {
    this(config, products, store, certificates, metrics, random, Clock.tickMillis(ZoneOffset.UTC));
  }

  /** The same by another clock, which must tell whole milliseconds. */
  Assembly(
      Config config,
      Products products,
      StoreAssembly store,
      Certificates certificates,
      ControlMetrics metrics,
      SecureRandom random,
      InstantSource clock) {
    this.config = config;
    this.products = products;
    this.store = store;
    this.random = random;
    this.certificates = certificates;
    this.listeners = new ListenerConfigs(config, certificates);
    this.metrics = metrics;
    this.clock = clock;
    this.gauges = new NodeGauges(metrics.registry());
    this.gatewayMetrics = new GatewayMetrics(products, metrics.registry());
    this.extAuthzMetrics = new ExtAuthzMetrics(products, metrics.registry());
    this.storeWatch = new StoreWatch(store.changes()::head, store::isWritable);
    this.passwords = new Argon2PasswordHasher(random);
    var decisionMetrics = new DecisionMetrics(products, metrics.registry());
    this.decisions =
        Decisions.over(
            store,
            products,
            config,
            decisionMetrics,
            new NarrowingMetrics(metrics.registry()),
            limitWriter,
            random,
            clock);
    this.health = new Health(this::mayDecide, storeWatch::isWritable, draining::get);
    this.control = new ControlListener(listeners.control(), metrics);
    Supplier<URI> controlUrl = () -> URI.create(control.publicUrl());
    this.identities = new IdentityTokens(signingKey, controlUrl, clock);
    this.forwardAuth =
        new ForwardAuth(
            products,
            decisions.verifier(),
            store.slots(),
            identities,
            new ForwardAuthMetrics(products, metrics.registry()),
            controlUrl);
    metrics.countConnections("control", control.connections());
    metrics.countLookups(decisions.lookups());
    var pepperMetrics = new PepperMetrics(metrics.registry());
    this.countPeppers = () -> pepperMetrics.show(store.digests().useAt(clock.instant()));
    this.publishedKeys = new PublishedKeys(signingKey, store.signingKeys(), clock);
    this.housekeeping =
        new Housekeeping(
            decisions.narrowing(),
            decisions.usage(),
            decisions.renewal(),
            decisions.limiter(),
            store.sessions(),
            store.invitations(),
            store.idempotency(),
            store.usage(),
            config.usageRetention(),
            decisions.cluster()::lookAfter,
            publishedKeys,
            countPeppers,
            clock);
  }

  /** Whether no valid key gets 503 for the store's sake. */
  private boolean mayDecide() {
    return storeWatch.isAnswering() && decisions.cluster().lease().isHeld();
  }

  /** Listens: first the control listener, for the answers of the doors refer to it. */
  public void start() {
    decisions.cluster().join(JOIN_PATIENCE);
    publishedKeys.publish();
    publishedKeys.read();
    limitWriter.start(decisions.limiter(), decisions.limits().readings());
    // The first scrape is to tell of every metric.
    countPeppers.run();
    control.start(ControlApi.routes(controlParts()), forwardAuth);
    Listener listener = config.gateway();
    int port = FreePort.ifZero(listener.listen());
    URI publicUrl = listener.publicUrl(port);
    gatewayUrl = publicUrl;
    var started =
        new GatewayListener(
            listeners.gateway(port, publicUrl, URI.create(control.publicUrl())),
            products,
            decisions.verifier(),
            decisions.exchanges(),
            store.secrets(),
            identities,
            gatewayMetrics,
            clock);
    gateway = started;
    started.start();
    metrics.countConnections("gateway", started.connections());
    startExtAuthz();
    watch("control", config.control().tls(), certificates.control(), control::use);
    watch("gateway", config.gateway().tls(), certificates.gateway(), started::use);
    NodeMetrics.register(parts(), gauges);
  }

  private void startExtAuthz() {
    Listener listener = config.extAuthzListener();
    if (listener == null) {
      return;
    }
    var started =
        new ExtAuthzListener(
            listeners.extAuthz(listener, URI.create(control.publicUrl())),
            products,
            decisions.verifier(),
            store.slots(),
            identities,
            extAuthzMetrics,
            health::isReady);
    extAuthz = started;
    extAuthzAddress = new HostPort(listener.listen().host(), started.start()).toString();
    metrics.countConnections("ext-authz", started.connections());
    watch("ext-authz", listener.tls(), certificates.extAuthz(), started::use);
  }

  private void watch(
      String listener,
      @Nullable Tls files,
      @Nullable Certificate current,
      Consumer<Certificate> taker) {
    if (files != null && current != null) {
      certificateWatches.add(new CertificateWatch(listener, files, current, clock, taker));
    }
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

  /** Host and port that Envoy asks, or "off"; only after {@link #start}. */
  public String extAuthzAddress() {
    return extAuthzAddress;
  }

  /** What the program's own commands may do to this node. */
  public Operations operations() {
    return new Operations(store, decisions, passwords, random, clock);
  }

  /** Finds out who holds a key. */
  public Authenticator authenticator() {
    return decisions.authenticator();
  }

  /**
   * Parts from the clients: first the health turns red and everything goes on for the configured
   * delay, then nothing new is accepted and what is under way may end, then the rest is cut.
   */
  public void drain() {
    draining.set(true);
    GatewayListener open = gateway;
    if (open == null) {
      return;
    }
    long begun = System.nanoTime();
    LOG.atInfo()
        .addKeyValue("delay", config.drain().delay())
        .addKeyValue("patience", config.drain().patience())
        .addKeyValue("connections", open.connections().open() + control.connections().open())
        .addKeyValue("exchanges", decisions.exchanges().size())
        .log("drain begins");
    pause(config.drain().delay());
    long last = System.nanoTime() + config.drain().patience().toNanos();
    Thread envoy = Thread.startVirtualThread(this::drainExtAuthz);
    int cut = open.drain(config.drain().patience());
    open.stop();
    gateway = null;
    join(envoy);
    // Last, so that keys can be revoked and the health be seen for as long as anything is served.
    long rest = Math.max(LEAST_PATIENCE.toNanos(), last - System.nanoTime());
    control.drain(Duration.ofNanos(rest));
    LOG.atInfo()
        .addKeyValue("took_ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
        .addKeyValue("exchanges_cut", cut)
        .log("drain ended");
  }

  private void drainExtAuthz() {
    ExtAuthzListener open = extAuthz;
    if (open != null) {
      open.drain(config.drain().patience());
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      // Whoever interrupts wants it to go on.
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(Duration delay) {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      // Whoever interrupts wants it to go on.
      Thread.currentThread().interrupt();
    }
  }

  /** Stops everything that still runs and closes the store; {@link #drain} is the gentle way. */
  @Override
  public void close() {
    GatewayListener open = gateway;
    ExtAuthzListener envoy = extAuthz;
    Closing.all(
        () -> certificateWatches.forEach(CertificateWatch::close),
        open == null ? () -> {} : open::stop,
        envoy == null ? () -> {} : envoy::stop,
        control,
        forwardAuth,
        storeWatch,
        housekeeping,
        // After the last request: it then still counts.
        limitWriter,
        passwords,
        decisions.cluster(),
        store);
  }

  Parts parts() {
    return new Parts(
        config,
        store,
        decisions,
        gatewayMetrics,
        control,
        passwords,
        housekeeping,
        storeWatch,
        health,
        draining::get,
        List.copyOf(certificateWatches));
  }

  /** What metrics are read off. */
  record Parts(
      Config config,
      StoreAssembly store,
      Decisions decisions,
      GatewayMetrics gatewayMetrics,
      ControlListener control,
      Argon2PasswordHasher passwords,
      Housekeeping housekeeping,
      StoreWatch storeWatch,
      Health health,
      BooleanSupplier draining,
      List<CertificateWatch> certificates) {}

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
            decisions.authenticator(),
            new Lookups(config.flood(), MOST_SESSIONS, random, System::nanoTime),
            decisions.verifier(),
            decisions.narrowing(),
            decisions.limiter(),
            new UsageReader(store.usage(), decisions.usage()),
            decisions.digester(),
            passwords,
            new SignInThrottle(random, () -> System.nanoTime() / 1_000_000),
            random,
            clock),
        new ControlParts.Outside(
            control::publicUrl,
            this::gatewayUrl,
            publishedKeys::jwks,
            health,
            metrics,
            new PackedPortal()));
  }
}
