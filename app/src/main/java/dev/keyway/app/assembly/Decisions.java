package dev.keyway.app.assembly;

import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.Peppers;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.NarrowingObserver;
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
      NarrowingObserver narrowings,
      InstantSource clock) {
    var digester = new KeyDigester(peppers);
    var limiter = new RollingWindowLimiter(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    var usage = new UsageRecorder(store.usage());
    VerificationObserver observer =
        (request, decision, atMillis) -> {
          usage.decided(request, decision, atMillis);
          metrics.decided(request, decision, atMillis);
        };
    var verifier = new Verifier(products, digester, store.verifiable(), limiter, clock, observer);
    var exchanges = new OpenExchanges(store.slots());
    var narrowing =
        new Narrowing(store.slots(), exchanges, store.changes(), clock, CUT_PATIENCE, narrowings);
    return new Decisions(products, verifier, digester, exchanges, narrowing, limiter, usage);
  }
}
