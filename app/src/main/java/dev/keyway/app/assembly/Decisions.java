package dev.keyway.app.assembly;

import dev.keyway.app.cluster.Cluster;
import dev.keyway.app.config.Config;
import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.KeyLikeText;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.NarrowingObserver;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.limit.LimitEvents;
import dev.keyway.core.limit.NodeLimiter;
import dev.keyway.core.operator.Authenticator;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.product.Products;
import dev.keyway.core.usage.ClientNames;
import dev.keyway.core.usage.UsageRecorder;
import dev.keyway.core.verify.OpenExchanges;
import dev.keyway.core.verify.VerificationObserver;
import dev.keyway.core.verify.Verifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The parts that decide, over a store: the core of one node. */
record Decisions(
    Products products,
    Verifier verifier,
    Lookups lookups,
    Authenticator authenticator,
    KeyDigester digester,
    DigestRenewal renewal,
    Cluster cluster,
    Narrowing narrowing,
    NodeLimits limits,
    UsageRecorder usage) {
  /**
   * Beside waiting for silent nodes, a narrowing call is answered within 5 s; the rest is for the
   * answer to be on its way.
   */
  private static final Duration NARROWING_PATIENCE = Duration.ofMillis(4_750);

  /** Keys used so recently share no bound with unknown ones, a restart in between or not. */
  private static final Duration RECENT = Duration.ofHours(1);

  /** Of so many keys of operators it is remembered that they were verified. */
  private static final int MOST_OPERATORS = 10_000;

  /** What goes on under allowed keys. */
  OpenExchanges exchanges() {
    return cluster.exchanges();
  }

  /** What counts requests. */
  NodeLimiter limiter() {
    return limits.limiter();
  }

  static Decisions over(
      StoreAssembly store,
      Products products,
      Config config,
      VerificationObserver metrics,
      NarrowingObserver narrowings,
      LimitEvents limitEvents,
      SecureRandom random,
      InstantSource clock) {
    var digester = new KeyDigester(config.peppers());
    var renewal = new DigestRenewal(digester, store.digests());
    var cluster = store.cluster(random);
    var limits = NodeLimits.of(store, config.limits(), limitEvents, random, clock, cluster::name);
    int mostKeys = config.cacheMaxKeys();
    var lookups = new Lookups(config.flood(), mostKeys, random, System::nanoTime);
    store
        .usage()
        .usedSince(clock.instant().minus(RECENT), mostKeys)
        .forEach(key -> lookups.verified(key.characters()));
    List<String> prefixes = new ArrayList<>(products.format().prefixes());
    prefixes.add(OperatorKey.KEY_PREFIX);
    var clientNames = new ClientNames(new KeyLikeText(prefixes));
    var usage = new UsageRecorder(store.usage(), lookups, clientNames);
    VerificationObserver observer =
        (request, decision, atMillis) -> {
          usage.decided(request, decision, atMillis);
          metrics.decided(request, decision, atMillis);
        };
    var verifier =
        new Verifier(
            products,
            digester,
            cluster.lease(),
            store.verifiable(),
            lookups,
            limits.limiter(),
            clock,
            observer,
            renewal);
    var ofOperators = new Lookups(config.flood(), MOST_OPERATORS, random, System::nanoTime);
    var authenticator =
        new Authenticator(store.operatorKeys(), digester, ofOperators, verifier, renewal);
    var narrowing =
        new Narrowing(
            store.slots(),
            cluster.exchanges(),
            store.confirmation(cluster),
            store.changes(),
            clock,
            System::nanoTime,
            NARROWING_PATIENCE,
            narrowings);
    return new Decisions(
        products,
        verifier,
        lookups,
        authenticator,
        digester,
        renewal,
        cluster,
        narrowing,
        limits,
        usage);
  }
}
