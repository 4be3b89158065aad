package dev.keyway.server.api;

import dev.keyway.core.PageRequest;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.KeyLikeText;
import dev.keyway.core.apikey.Peppers;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.audit.AuditLog;
import dev.keyway.core.audit.AuditQuery;
import dev.keyway.core.audit.ListedEvent;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.change.Confirmation;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.NarrowingObserver;
import dev.keyway.core.contract.World;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.idempotency.IdempotencyStore;
import dev.keyway.core.lease.SoleNodeLease;
import dev.keyway.core.limit.Limiters;
import dev.keyway.core.memory.InMemoryStores;
import dev.keyway.core.memory.RecordedDigests;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Authenticator;
import dev.keyway.core.operator.CreateOperatorKey;
import dev.keyway.core.operator.Right;
import dev.keyway.core.product.Products;
import dev.keyway.core.session.BearerToken;
import dev.keyway.core.session.Session;
import dev.keyway.core.session.SessionStore;
import dev.keyway.core.session.SignInThrottle;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.core.tenancy.ResourceStore;
import dev.keyway.core.tenancy.WorkspaceStore;
import dev.keyway.core.usage.ClientNames;
import dev.keyway.core.usage.UsageReader;
import dev.keyway.core.usage.UsageRecorder;
import dev.keyway.core.verify.OpenExchanges;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerifiableKeys;
import dev.keyway.core.verify.VerificationObserver;
import dev.keyway.core.verify.Verifier;
import dev.keyway.server.http.ControlListener;
import dev.keyway.server.http.ControlMetrics;
import dev.keyway.server.http.DecisionMetrics;
import dev.keyway.server.http.Health;
import dev.keyway.server.http.ListenerConfig;
import dev.keyway.server.http.Routes;
import dev.keyway.server.portal.SampleAssets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The control listener on a free port over ports in memory, with a clock that stands still. */
final class RunningApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final String GATEWAY_URL = "http://gateway.example";

  final InMemoryStores stores = new InMemoryStores();
  final World world = new World(stores);
  final Commits commits = new Commits();
  final PlainPasswords passwords = new PlainPasswords();
  final Routes routes;
  final OpenExchanges exchanges;
  boolean storeIsDown;
  boolean draining;

  private final ChangeSlots slots = new ChangeSlots();
  private final Products products = SampleProducts.all();
  private final SecureRandom random = new SecureRandom();
  private final KeyDigester digester = new KeyDigester(Peppers.none());
  private final CreateOperatorKey createOperatorKey;
  private final ControlListener listener;

  RunningApi() {
    var metrics = new ControlMetrics();
    this.exchanges = new OpenExchanges(slots, new SoleNodeLease());
    this.listener = new ControlListener(ListenerConfig.loopback(0), metrics);
    this.createOperatorKey =
        new CreateOperatorKey(
            new Access(products), stores.operatorKeys(), digester, random, world::now);
    this.routes = ControlApi.routes(parts(metrics));
    listener.start(routes);
  }

  String url() {
    return listener.publicUrl();
  }

  /** The secret of a new operator key; no products means all. */
  String operator(Set<Right> rights, String... limitedTo) {
    var command = new CreateOperatorKey.Command("a backend", rights, Set.of(limitedTo));
    return createOperatorKey.executeLocally(command, world.event(), _ -> {}).secret().reveal();
  }

  /** A cookie's value that stands for a session of the account. */
  Session session(Account account, String cookieValue) {
    var session =
        new Session(
            BearerToken.digest(cookieValue),
            account.id(),
            "csrf-" + account.id().text(),
            world.now(),
            world.now(),
            world.now());
    if (!stores.sessions().create(session, stores.passwords().hash(account.id()), world.event())) {
      throw new IllegalStateException("the account is not active");
    }
    return session;
  }

  /** Every row of the trail, newest first. */
  List<AuditEvent> trail() {
    var all =
        new AuditQuery(
            new AuditQuery.Visibility.Products(Set.of()), null, null, null, null, null, null, null);
    return stores.auditLog().list(all, PageRequest.first()).data().stream()
        .map(ListedEvent::event)
        .toList();
  }

  @Override
  public void close() {
    listener.close();
  }

  private ControlParts parts(ControlMetrics metrics) {
    var limiter = Limiters.inMemory(() -> world.now().toEpochMilli());
    var decisions = new DecisionMetrics(products, metrics.registry());
    var lookups = new Lookups(FloodBounds.DEFAULT, 100, random, System::nanoTime);
    var renewal = new DigestRenewal(digester, new RecordedDigests());
    var names = new ClientNames(new KeyLikeText(products.format().prefixes()));
    var usage = new UsageRecorder(stores.usage(), lookups, names);
    VerificationObserver observer =
        (request, decision, atMillis) -> {
          usage.decided(request, decision, atMillis);
          decisions.decided(request, decision, atMillis);
        };
    var verifier =
        new Verifier(
            products,
            digester,
            new SoleNodeLease(),
            new FromStore(),
            lookups,
            limiter,
            world::now,
            observer,
            renewal);
    var authenticator =
        new Authenticator(stores.operatorKeys(), digester, lookups, verifier, renewal);
    var narrowing =
        new Narrowing(
            slots,
            exchanges,
            Confirmation.OF_SOLE_NODE,
            stores.changeLog(),
            world::now,
            System::nanoTime,
            PATIENCE,
            NarrowingObserver.NONE);
    return new ControlParts(
        new ControlParts.Stores(
            commits.of(AccountStore.class, stores.accounts()),
            commits.of(WorkspaceStore.class, stores.workspaces()),
            commits.of(ResourceStore.class, stores.resources()),
            commits.of(ApiKeyStore.class, stores.apiKeys()),
            stores.operatorKeys(),
            commits.of(SessionStore.class, stores.sessions()),
            stores.passwords(),
            stores.invitations(),
            commits.of(AuditLog.class, stores.auditLog()),
            commits.of(IdempotencyStore.class, stores.idempotency())),
        new ControlParts.Rules(
            products,
            authenticator,
            new Lookups(FloodBounds.DEFAULT, 100, random, System::nanoTime),
            verifier,
            narrowing,
            limiter,
            new UsageReader(stores.usage(), usage),
            digester,
            passwords,
            new SignInThrottle(random, () -> world.now().toEpochMilli()),
            random,
            world::now),
        new ControlParts.Outside(
            listener::publicUrl,
            () -> GATEWAY_URL,
            () -> "{\"keys\":[]}",
            new Health(() -> !storeIsDown, () -> true, () -> draining),
            metrics,
            new SampleAssets()));
  }

  private void requireStore() {
    if (storeIsDown) {
      throw new UnavailableException("the store is down", null);
    }
  }

  /** Reads each key anew: what is not kept cannot be stale. */
  private final class FromStore implements VerifiableKeys {
    @Override
    public @Nullable VerifiableKey ifCached(ApiKeyId id) {
      return null;
    }

    @Override
    public Optional<VerifiableKey> find(ApiKeyId id) {
      requireStore();
      return stores.apiKeys().findForVerification(id);
    }
  }
}
