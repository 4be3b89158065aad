package dev.keyway.bench.inside;

import dev.keyway.app.assembly.StoreAssembly;
import dev.keyway.app.config.StorePlace;
import dev.keyway.app.profile.Profiles;
import dev.keyway.core.ClientAddress;
import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.KeyLikeText;
import dev.keyway.core.apikey.Peppers;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.lease.Lease;
import dev.keyway.core.limit.Charge;
import dev.keyway.core.limit.Limits;
import dev.keyway.core.limit.NodeClock;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.limit.RollingWindowLimiter;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.usage.ClientNames;
import dev.keyway.core.usage.UsageRecorder;
import dev.keyway.core.verify.Credential;
import dev.keyway.core.verify.VerificationDecision;
import dev.keyway.core.verify.VerificationRequest;
import dev.keyway.core.verify.Verifier;
import dev.keyway.store.sql.TransactionObserver;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The program's verifier over a store that {@link Seed} has filled, with usage recorded. */
final class Subject implements AutoCloseable {
  /** No key reaches it, and each is counted. */
  private static final @Nullable Charge CHARGE =
      Limits.of(List.of(new RateLimit("data", RateLimit.MAX_ROLLING, Duration.ofSeconds(1))))
          .charge(List.of("data"), 1);

  private static final int MOST_KEYS = 200_000;

  private final StoreAssembly store;
  private final LimitsWritten written = new LimitsWritten();
  private final RollingWindowLimiter limiter;
  private final Products products;
  private final Product product;
  private final Verifier verifier;
  private final ClientAddress address = ClientAddress.of("192.0.2.7");

  /** The verifier with the lease of a node by itself or of one among several. */
  Subject(Path data, Peppers peppers, Lease lease) {
    InstantSource clock = Clock.tickMillis(ZoneOffset.UTC);
    var random = new SecureRandom();
    products = Profiles.read(data.resolve("profiles"), _ -> null).products();
    product = products.all().iterator().next();
    var place = new StorePlace(data, null);
    store = StoreAssembly.open(place, MOST_KEYS, random, clock.instant(), TransactionObserver.NONE);
    limiter =
        new RollingWindowLimiter(
            store.windows(),
            new NodeClock(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), clock),
            written);
    limiter.begin();
    written.start(limiter);
    var lookups = new Lookups(FloodBounds.DEFAULT, MOST_KEYS, random, System::nanoTime);
    var digester = new KeyDigester(peppers);
    verifier =
        new Verifier(
            products,
            digester,
            lease,
            store.verifiable(),
            lookups,
            limiter,
            clock,
            new UsageRecorder(
                store.usage(), lookups, new ClientNames(new KeyLikeText(List.of(MadeKeys.PREFIX)))),
            new DigestRenewal(digester, store.digests()));
  }

  /** The decision of the event loop, from the text of a key. */
  Optional<VerificationDecision> decide(String key) {
    return verifier.verifyIfCached(request(key));
  }

  /**
   * Brings a key and its limit into memory, past the bounds for unknown keys, and decides about it.
   */
  VerificationDecision bring(String key) {
    var presented = products.format().parse(key);
    if (presented != null) {
      var _ = store.verifiable().find(presented.id());
    }
    return verifier.verify(request(key));
  }

  private VerificationRequest request(String key) {
    return new VerificationRequest(
        product, new Credential.Single(Place.BEARER, key, null), null, CHARGE, address);
  }

  @Override
  public void close() {
    written.close();
    limiter.close();
    store.close();
  }
}
