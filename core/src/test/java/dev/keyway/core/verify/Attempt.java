package dev.keyway.core.verify;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.apikey.IndependentChecksum;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.apikey.Peppers;
import dev.keyway.core.apikey.Scope;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.contract.SampleProducts;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.lease.Lease;
import dev.keyway.core.limit.Charge;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.limit.LimitedCaller;
import dev.keyway.core.limit.Limiters;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.limit.RateLimiter;
import dev.keyway.core.memory.RecordedDigests;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.product.Product;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.WorkspaceId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request with a good key, until something about it is spoilt; and what came of it. */
final class Attempt {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
  private static final Charge CHARGE =
      Limiters.charge(1, new RateLimit("data", 500, Duration.ofMinutes(1)));

  private final KeyFormat.Generated made = KeyFormat.generate("mk_live_", new SecureRandom());

  String text = made.secret().reveal();
  Place place = Place.BEARER;
  @Nullable String keyId;
  @Nullable Credential credential;
  @Nullable Product product = SampleProducts.MEMO;
  @Nullable String scope = "ws_1";
  @Nullable Charge charge = CHARGE;

  boolean isKnown = true;
  boolean isStoreUp = true;
  boolean isAccountActive = true;
  boolean isWithinLimit = true;
  boolean isLimitReady = true;
  @Nullable Instant revokedAt;
  @Nullable Instant deactivatedAt;
  @Nullable Instant expiresAt;
  @Nullable String plan = "pro";
  Peppers madeUnder = Peppers.none();
  Peppers held = Peppers.none();
  boolean isInMemory = true;

  /** How often the lease is not held before it is. */
  int leaseLapsedFor;

  /** Whether it lapses for good while the store is read. */
  boolean isLeaseLostInRead;

  int leaseAsked;
  int memoryReads;
  int counted;
  int reads;
  final List<VerificationDecision> observed = new ArrayList<>();
  final RecordedDigests renewed = new RecordedDigests();

  ApiKeyId id() {
    return made.key().id();
  }

  /** Makes the request fail at one check, and at no other. */
  Attempt spoil(DenialReason reason) {
    switch (reason) {
      case KEY_IN_QUERY -> credential = Credential.IN_FORBIDDEN_QUERY;
      case SEVERAL_CREDENTIALS -> credential = Credential.SEVERAL;
      case MISSING -> credential = Credential.MISSING;
      case PLACE_NOT_ACCEPTED -> place = Place.X_API_KEY;
      case MALFORMED -> text = text.substring(0, text.length() - 1);
      case NOT_FOUND -> text = withAnotherSecret(text);
      case REVOKED -> revokedAt = NOW;
      case DEACTIVATED -> deactivatedAt = NOW;
      case EXPIRED -> expiresAt = NOW;
      case WRONG_PRODUCT -> product = SampleProducts.MEKO;
      case PLAN_REQUIRED -> plan = "free";
      case OUT_OF_SCOPE -> scope = "ws_2";
      case RATE_LIMITED -> isWithinLimit = false;
    }
    return this;
  }

  VerificationDecision verify() {
    DigestRenewal renewal = renewal();
    VerificationDecision decision = verifier(renewal).verify(request());
    renewal.flush();
    return decision;
  }

  Optional<VerificationDecision> verifyIfCached() {
    DigestRenewal renewal = renewal();
    Optional<VerificationDecision> decision = verifier(renewal).verifyIfCached(request());
    renewal.flush();
    return decision;
  }

  private VerificationRequest request() {
    Credential carried =
        credential != null ? credential : new Credential.Single(place, text, keyId);
    return new VerificationRequest(product, carried, scope, charge, ClientAddress.of("192.0.2.7"));
  }

  private DigestRenewal renewal() {
    return new DigestRenewal(new KeyDigester(held), renewed);
  }

  private Verifier verifier(DigestRenewal renewal) {
    return new Verifier(
        SampleProducts.products(),
        new KeyDigester(held),
        new OneLease(),
        new OneKey(),
        new Lookups(FloodBounds.DEFAULT, 100, new SecureRandom(), () -> 0),
        new OneLimit(),
        InstantSource.fixed(NOW),
        (_, decision, _) -> observed.add(decision),
        renewal);
  }

  private VerifiableKey key() {
    KeyDigest digest = new KeyDigester(madeUnder).digest(made.key());
    var key =
        new ApiKey(
            id(),
            "memo",
            null,
            null,
            new Scope(ScopeKind.WORKSPACE, "ws_1"),
            new AccountId("acc_1"),
            new WorkspaceId("ws_1"),
            null,
            digest,
            made.suffix(),
            NOW.minusSeconds(60),
            expiresAt,
            revokedAt,
            deactivatedAt,
            1);
    return new VerifiableKey(key, isAccountActive, plan, 0);
  }

  /** The same prefix and id before another secret, with a check that is right. */
  private static String withAnotherSecret(String text) {
    if (text.length() < 63) {
      return text;
    }
    char first = text.charAt(20) == 'a' ? 'b' : 'a';
    return IndependentChecksum.complete(text.substring(0, 20) + first + text.substring(21, 63));
  }

  private final class OneLimit implements RateLimiter {
    @Override
    public @Nullable LimitState acquireIfReady(Charge asked, LimitedCaller key) {
      return isLimitReady ? count(asked, key) : null;
    }

    @Override
    public LimitState acquire(Charge asked, LimitedCaller key) {
      if (!isStoreUp) {
        throw new UnavailableException("the store is down", null);
      }
      return count(asked, key);
    }

    private LimitState count(Charge asked, LimitedCaller key) {
      counted++;
      return Limiters.state(asked, key, isWithinLimit, 1_000);
    }
  }

  private final class OneLease implements Lease {
    @Override
    public boolean isHeld() {
      leaseAsked++;
      return leaseLapsedFor < leaseAsked;
    }

    @Override
    public boolean awaitHeld(Duration patience) {
      return isHeld();
    }
  }

  private final class OneKey implements VerifiableKeys {
    @Override
    public @Nullable VerifiableKey ifCached(ApiKeyId id) {
      memoryReads++;
      return isInMemory ? stored(id) : null;
    }

    @Override
    public Optional<VerifiableKey> find(ApiKeyId id) {
      reads++;
      leaseLapsedFor = isLeaseLostInRead ? Integer.MAX_VALUE : leaseLapsedFor;
      if (!isStoreUp) {
        throw new UnavailableException("the store is down", null);
      }
      return Optional.ofNullable(stored(id));
    }

    private @Nullable VerifiableKey stored(ApiKeyId id) {
      return isKnown && id.equals(id()) ? key() : null;
    }
  }
}
