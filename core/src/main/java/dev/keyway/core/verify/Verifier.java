package dev.keyway.core.verify;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.apikey.PresentedKey;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.lease.Lease;
import dev.keyway.core.limit.Charge;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.limit.RateLimiter;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.verify.VerificationDecision.Allowed;
import dev.keyway.core.verify.VerificationDecision.Cause;
import dev.keyway.core.verify.VerificationDecision.Denied;
import dev.keyway.core.verify.VerificationDecision.Indeterminate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a credential: the one place that states the order of checks.
 *
 * <p>One credential, place allowed, form and checksum, known and right secret, revoked,
 * deactivated, expired, product, plan, scope, limit. The first that fails is the answer.
 *
 * <p>Memory answers for whoever shows a right secret. A wrong one is told from an unknown id by no
 * clock: both are compared with one digest, both fall under the bounds of {@link UnknownKeys}, and
 * within them both are looked for in the store.
 *
 * <p>A key is judged only under a {@link Lease}, which is asked for before anything is read. While
 * it has lapsed, what concerns a key waits for it, but not for long. That the store has no such key
 * is believed only if the lease is held after it was read, too: a server that was deposed does not
 * know the newest keys, and what it lacks tells no head to see that by.
 */
public final class Verifier {
  /** What comes back at all comes back in less: a call of the store, and another. */
  private static final Duration LEASE_PATIENCE = Duration.ofMillis(200);

  private final Products products;
  private final KeyFormat format;
  private final KeyDigester digester;
  private final Lease lease;
  private final Source memory;
  private final RateLimiter limiter;
  private final Source fromStore;
  private final Counting fromMemory;
  private final InstantSource clock;
  private final VerificationObserver observer;
  private final UnknownKeys unknown;
  private final DigestRenewal renewal;

  public Verifier(
      Products products,
      KeyDigester digester,
      Lease lease,
      VerifiableKeys keys,
      Lookups lookups,
      RateLimiter limiter,
      InstantSource clock,
      VerificationObserver observer,
      DigestRenewal renewal) {
    this.products = products;
    this.format = products.format();
    this.digester = digester;
    this.lease = lease;
    this.memory = keys::ifCached;
    this.limiter = limiter;
    this.fromStore = id -> keys.find(id).orElseGet(this::absent);
    this.fromMemory = limiter::acquireIfReady;
    this.clock = clock;
    this.observer = observer;
    this.unknown = new UnknownKeys(format, keys, lookups);
    this.renewal = renewal;
  }

  /**
   * Decides from memory, without waiting for anything: fit for the event loop.
   *
   * @return empty when memory has no key with this secret and the store may be asked for one, when
   *     memory cannot count it, or when it must not be believed; then {@link #verifyInStore} has to
   *     be asked, once
   */
  public Optional<VerificationDecision> verifyIfCached(VerificationRequest request) {
    if (!lease.isHeld()) {
      return Optional.empty();
    }
    long now = clock.millis();
    VerificationDecision decision = decide(request, memory, fromMemory, now);
    if (decision != null && isNotFound(decision)) {
      decision = unknown.decide(request, () -> decide(request, memory, fromMemory, now));
    }
    if (decision == null) {
      return Optional.empty();
    }
    observer.decided(request, decision, now);
    return Optional.of(decision);
  }

  /** Decides, reading the store where memory cannot tell; may block. */
  public VerificationDecision verify(VerificationRequest request) {
    return verifyIfCached(request).orElseGet(() -> verifyInStore(request));
  }

  /** Decides what {@link #verifyIfCached} has left open; may block. */
  public VerificationDecision verifyInStore(VerificationRequest request) {
    long now = clock.millis();
    VerificationDecision decision;
    try {
      decision = lease.isHeld() ? decideInStore(request, now) : decideLapsed(request, now);
    } catch (UnavailableException e) {
      decision = new Indeterminate(Cause.STORE_UNAVAILABLE);
    } catch (LapsedException e) {
      decision = new Indeterminate(Cause.LEASE_LAPSED);
    }
    observer.decided(request, decision, now);
    return decision;
  }

  private VerificationDecision decideLapsed(VerificationRequest request, long now) {
    try {
      return decideWaiting(request, Verifier::lapsed, now);
    } catch (LapsedException e) {
      return lease.awaitHeld(LEASE_PATIENCE)
          ? decideInStore(request, now)
          : new Indeterminate(Cause.LEASE_LAPSED);
    }
  }

  /** Whoever is told of no key without a lease has learnt nothing of it. */
  private @Nullable VerifiableKey absent() {
    if (!lease.isHeld()) {
      throw new LapsedException();
    }
    return null;
  }

  private static VerifiableKey lapsed(ApiKeyId id) {
    throw new LapsedException();
  }

  private VerificationDecision decideInStore(VerificationRequest request, long now) {
    // Memory may hold the key by now, or only its limit may have been missing.
    VerificationDecision decision = decideWaiting(request, memory, now);
    return isNotFound(decision)
        ? unknown.lookUp(
            request,
            () -> decideWaiting(request, memory, now),
            () -> decideWaiting(request, fromStore, now))
        : decision;
  }

  private VerificationDecision decideWaiting(VerificationRequest request, Source source, long now) {
    // This way of counting waits until it can tell.
    return Objects.requireNonNull(decide(request, source, limiter::acquire, now));
  }

  /** The order of checks; null when the counting cannot tell. */
  private @Nullable VerificationDecision decide(
      VerificationRequest request, Source source, Counting counting, long now) {
    switch (request.credential()) {
      case Credential.InForbiddenQuery _ -> {
        return denied(DenialReason.KEY_IN_QUERY, null);
      }
      case Credential.Several _ -> {
        return denied(DenialReason.SEVERAL_CREDENTIALS, null);
      }
      case Credential.Missing _ -> {
        return denied(DenialReason.MISSING, null);
      }
      case Credential.Single single -> {
        return decide(request, single, source, counting, now);
      }
    }
  }

  private @Nullable VerificationDecision decide(
      VerificationRequest request,
      Credential.Single credential,
      Source source,
      Counting counting,
      long now) {
    Product product = request.product();
    if (product != null && !product.accepts(credential.place())) {
      return denied(DenialReason.PLACE_NOT_ACCEPTED, null);
    }
    PresentedKey presented = format.parse(credential.text());
    if (presented == null) {
      return denied(DenialReason.MALFORMED, null);
    }
    VerifiableKey key = source.find(presented.id());
    if (key == null) {
      // It costs what a wrong secret costs.
      digester.compareWithNobody(presented);
      return denied(DenialReason.NOT_FOUND, null);
    }
    return switch (digester.compare(presented, key.digest())) {
      case PEPPER_MISSING ->
          // Whether the secret is right or not: a key that has ended is refused.
          key.denialAt(now) == null
              ? new Indeterminate(Cause.PEPPER_MISSING)
              : denied(DenialReason.NOT_FOUND, null);
      case DIFFERENT -> denied(DenialReason.NOT_FOUND, null);
      case SAME ->
          isNamedRightly(presented, credential, key)
              ? decide(request, presented, key, counting, now)
              : denied(DenialReason.NOT_FOUND, null);
    };
  }

  /**
   * The secret is right; so must be all that stands around it. Another product's prefix before a
   * good secret makes a text that nobody was ever given.
   */
  private boolean isNamedRightly(
      PresentedKey presented, Credential.Single credential, VerifiableKey key) {
    Product named = products.byPrefix(presented.prefix());
    if (named == null || !named.slug().equals(key.product())) {
      return false;
    }
    return credential.place() != Place.BASIC || key.id().toString().equals(credential.keyId());
  }

  private @Nullable VerificationDecision decide(
      VerificationRequest request,
      PresentedKey presented,
      VerifiableKey key,
      Counting counting,
      long now) {
    if (!key.hasEnded()) {
      renewal.presented(presented, key.digest());
    }
    DenialReason denial = key.denialAt(now);
    if (denial != null) {
      return denied(denial, key);
    }
    String slug = key.product();
    Product product = request.product();
    if (product != null && !product.slug().equals(slug)) {
      return denied(DenialReason.WRONG_PRODUCT, key);
    }
    Product own = product != null ? product : products.find(slug).orElseThrow();
    if (!own.hasApiAccess(key.plan())) {
      return denied(DenialReason.PLAN_REQUIRED, key);
    }
    String scope = request.scope();
    if (scope != null && !scope.equals(key.scope())) {
      return denied(DenialReason.OUT_OF_SCOPE, key);
    }
    return count(request, key, counting);
  }

  private static @Nullable VerificationDecision count(
      VerificationRequest request, VerifiableKey key, Counting counting) {
    Charge charge = request.charge();
    if (charge == null) {
      return new Allowed(key, null);
    }
    LimitState state = counting.count(charge, key);
    if (state == null) {
      return null;
    }
    if (!state.isCounted()) {
      return new Allowed(key, null);
    }
    return state.admitted()
        ? new Allowed(key, state)
        : new Denied(DenialReason.RATE_LIMITED, key, state);
  }

  private static boolean isNotFound(VerificationDecision decision) {
    return decision instanceof Denied denied && denied.reason() == DenialReason.NOT_FOUND;
  }

  private static Denied denied(DenialReason reason, @Nullable VerifiableKey key) {
    return new Denied(reason, key, null);
  }

  /** Where a key is looked for; null when it is not there. */
  private interface Source {
    @Nullable VerifiableKey find(ApiKeyId id);
  }

  /** How a request is counted; null when it cannot be said. */
  private interface Counting {
    @Nullable LimitState count(Charge charge, VerifiableKey key);
  }

  /** A key was asked for while the lease has lapsed. */
  private static final class LapsedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LapsedException() {
      super("The lease of this node has lapsed.", null, false, false);
    }
  }
}
