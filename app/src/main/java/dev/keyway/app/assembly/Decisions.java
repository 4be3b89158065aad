package dev.keyway.app.assembly;

import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.Peppers;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.limit.LimitEvents;
import dev.keyway.core.limit.NodeClock;
import dev.keyway.core.limit.RollingWindowLimiter;
import dev.keyway.core.product.Products;
import dev.keyway.core.usage.UsageRecorder;
import dev.keyway.core.verify.OpenExchanges;
import dev.keyway.core.verify.VerificationObserver;
import dev.keyway.core.verify.Verifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** The parts that decide, over a store: the core of one node. */
record Decisions(
    Products products,
    Verifier verifier,
    KeyDigester digester,
    DigestRenewal renewal,
    OpenExchanges exchanges,
    Narrowing narrowing,
    RollingWindowLimiter limiter,
    UsageRecorder usage) {
  /** How long a narrowing call waits for open exchanges to fall silent. */
  private static final Duration CUT_PATIENCE = Duration.ofSeconds(5);

  static Decisions over(
      StoreAssembly store,
      Products products,
      Peppers peppers,
      VerificationObserver metrics,
      LimitEvents limitEvents,
      InstantSource clock) {
    var digester = new KeyDigester(peppers);
    var renewal = new DigestRenewal(digester, store.digests());
    var limiter =
        new RollingWindowLimiter(
            store.windows(),
            new NodeClock(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), clock),
            limitEvents);
    var usage = new UsageRecorder(store.usage());
    VerificationObserver observer =
        (request, decision, atMillis) -> {
          usage.decided(request, decision, atMillis);
          metrics.decided(request, decision, atMillis);
        };
    var verifier =
        new Verifier(products, digester, store.verifiable(), limiter, clock, observer, renewal);
    var exchanges = new OpenExchanges(store.slots());
    var narrowing = new Narrowing(store.slots(), exchanges, store.changes(), clock, CUT_PATIENCE);
    return new Decisions(
        products, verifier, digester, renewal, exchanges, narrowing, limiter, usage);
  }
}
