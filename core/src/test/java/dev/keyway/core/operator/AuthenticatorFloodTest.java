package dev.keyway.core.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.RefusedException.Unauthenticated;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.apikey.IndependentChecksum;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.apikey.Peppers;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.contract.SampleProducts;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.core.flood.FloodedException;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.lease.SoleNodeLease;
import dev.keyway.core.limit.Limiters;
import dev.keyway.core.memory.RecordedDigests;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerifiableKeys;
import dev.keyway.core.verify.Verifier;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What made-up operators' keys cost the store, and what the flood of them costs operators. */
class AuthenticatorFloodTest {
  private static final ClientAddress HERE = ClientAddress.of("192.0.2.7");
  private static final FloodBounds BOUNDS = new FloodBounds(5, 8);

  private final SecureRandom random = new SecureRandom();
  private final KeyDigester digester = new KeyDigester(Peppers.none());
  private final KeyFormat.Generated held = KeyFormat.generate(OperatorKey.KEY_PREFIX, random);
  private final OneOperatorKey store = new OneOperatorKey();
  private final Authenticator authenticator =
      new Authenticator(store, digester, lookups(), verifier(), renewal());

  @Test
  void madeUpKeys_overTheBound_areNotLookedUpAndNotCalledWrong() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> authenticate(madeUp())).isInstanceOf(Unauthenticated.class);
    }
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> authenticate(madeUp())).isInstanceOf(FloodedException.class);
    }
    assertThat(store.reads).isEqualTo(5);
  }

  @Test
  void verifiedKey_inAFlood_isAuthenticatedByTheStoreEachTime() {
    authenticate(held.secret().reveal());
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> authenticate(madeUp()));
    }
    int reads = store.reads;

    for (int i = 0; i < 100; i++) {
      assertThat(authenticate(held.secret().reveal())).isInstanceOf(Principal.Operator.class);
    }
    assertThat(store.reads - reads).isEqualTo(100);
  }

  @Test
  void wrongSecretsOfAVerifiedId_areBounded() {
    authenticate(held.secret().reveal());
    int reads = store.reads;
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> authenticate(withAnotherSecret()));
    }
    assertThat(store.reads - reads).isLessThanOrEqualTo(5);
  }

  @Test
  void revokedKey_isAStrangers() {
    store.revokedAt = Instant.EPOCH;
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> authenticate(held.secret().reveal()))
          .isInstanceOf(Unauthenticated.class);
    }
    assertThat(store.reads).isEqualTo(1);
  }

  @Test
  void verifiedKey_onceRevoked_isAStrangersFromThenOn() {
    authenticate(held.secret().reveal());
    store.revokedAt = Instant.EPOCH;
    int reads = store.reads;
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> authenticate(held.secret().reveal()))
          .isInstanceOf(Unauthenticated.class);
    }
    assertThat(store.reads - reads).isLessThanOrEqualTo(2);
  }

  @Test
  void revokedKey_whosePepperIsRetired_isRefusedAndNoOutage() {
    store.digest = new KeyDigester(new Peppers(Map.of(3, new byte[32]))).digest(held.key());
    assertThatThrownBy(() -> authenticate(held.secret().reveal()))
        .isInstanceOf(UnavailableException.class);

    store.revokedAt = Instant.EPOCH;
    assertThatThrownBy(() -> authenticate(held.secret().reveal()))
        .isInstanceOf(Unauthenticated.class);
  }

  private Principal authenticate(String key) {
    return authenticator.authenticate(key, HERE, null);
  }

  private String madeUp() {
    return KeyFormat.generate(OperatorKey.KEY_PREFIX, random).secret().reveal();
  }

  private String withAnotherSecret() {
    int secretFrom = OperatorKey.KEY_PREFIX.length() + ApiKeyId.LENGTH;
    return IndependentChecksum.complete(
        held.secret().reveal().substring(0, secretFrom)
            + madeUp().substring(secretFrom, secretFrom + 43));
  }

  private Lookups lookups() {
    return new Lookups(BOUNDS, 100, random, () -> 0);
  }

  private Verifier verifier() {
    return new Verifier(
        SampleProducts.products(),
        digester,
        new SoleNodeLease(),
        new NoKeys(),
        lookups(),
        Limiters.inMemory(() -> 0),
        InstantSource.fixed(Instant.EPOCH),
        (_, _, _) -> {},
        renewal());
  }

  private DigestRenewal renewal() {
    return new DigestRenewal(digester, new RecordedDigests());
  }

  private static final class NoKeys implements VerifiableKeys {
    @Override
    public @Nullable VerifiableKey ifCached(ApiKeyId id) {
      return null;
    }

    @Override
    public Optional<VerifiableKey> find(ApiKeyId id) {
      return Optional.empty();
    }
  }

  private final class OneOperatorKey implements OperatorKeyStore {
    private final OperatorKeyId id =
        new OperatorKeyId(OperatorKeyId.PREFIX + held.key().id().characters());
    private int reads;
    private KeyDigest digest = digester.digest(held.key());
    private @Nullable Instant revokedAt;

    @Override
    public Optional<OperatorKey> find(OperatorKeyId wanted) {
      reads++;
      return wanted.equals(id)
          ? Optional.of(
              new OperatorKey(
                  id, "test", Set.of(Right.READ), Set.of(), digest, Instant.EPOCH, revokedAt))
          : Optional.empty();
    }

    @Override
    public void create(OperatorKey key, AuditEvent event) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Page<OperatorKey> list(PageRequest page) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Change> revoke(OperatorKeyId revoked, Instant at, AuditEvent event) {
      throw new UnsupportedOperationException();
    }
  }
}
