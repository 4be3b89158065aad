package dev.keyway.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.apikey.IndependentChecksum;
import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.apikey.Peppers;
import dev.keyway.core.contract.SampleProducts;
import dev.keyway.core.flood.FloodBounds;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.lease.SoleNodeLease;
import dev.keyway.core.limit.Limiters;
import dev.keyway.core.memory.RecordedDigests;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.verify.VerificationDecision.Cause;
import dev.keyway.core.verify.VerificationDecision.Indeterminate;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a flood of made-up keys can do to the store and to the holders of good ones. */
class UnknownKeysTest {
  private static final ClientAddress FLOOD = ClientAddress.of("192.0.2.7");
  private static final ClientAddress HOLDER = ClientAddress.of("198.51.100.9");
  private static final FloodBounds BOUNDS = new FloodBounds(5, 8);

  private final SecureRandom random = new SecureRandom();
  private final KeyDigester digester = new KeyDigester(Peppers.none());
  private final KeyFormat.Generated held = KeyFormat.generate("mk_live_", random);
  private final KeyInStore keys = new KeyInStore();
  private long nanos;
  private final Lookups lookups = new Lookups(BOUNDS, 100, random, () -> nanos);
  private final Verifier verifier =
      new Verifier(
          SampleProducts.products(),
          digester,
          new SoleNodeLease(),
          keys,
          lookups,
          Limiters.inMemory(() -> 0),
          InstantSource.fixed(Instant.EPOCH),
          (_, _, _) -> {},
          new DigestRenewal(digester, new RecordedDigests()));

  @Test
  void unknownKeys_overTheBound_areNotLookedUpAndNobodyCanSay() {
    for (int i = 0; i < 5; i++) {
      assertThat(outcome(madeUp(), FLOOD)).isEqualTo("not_found");
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(outcome(madeUp(), FLOOD)).isEqualTo("TOO_MANY_UNKNOWN");
    }
    assertThat(keys.reads).isEqualTo(5);
  }

  @Test
  void unknownKey_sentAgainWithinASecond_isLookedUpOnce() {
    String key = madeUp();
    for (int i = 0; i < 100; i++) {
      assertThat(outcome(key, FLOOD)).isEqualTo("not_found");
    }
    assertThat(keys.reads).isEqualTo(1);

    nanos += 1_000_000_000L;
    assertThat(outcome(key, FLOOD)).isEqualTo("not_found");
    assertThat(keys.reads).isEqualTo(2);
  }

  @Test
  @DisplayName("an id verified within the hour is looked up however many unknown keys come")
  void verifiedKey_inAFlood_isStillRead() {
    assertThat(outcome(good(), HOLDER)).isEqualTo("allowed");
    keys.isInMemory = false;
    flood();

    assertThat(outcome(good(), FLOOD)).isEqualTo("allowed");
    assertThat(lookups.ofVerified()).isEqualTo(1);
  }

  @Test
  void verifiedKey_thatComesIntoMemoryJustAfterItWasMissed_isNoStrangers() {
    assertThat(outcome(good(), HOLDER)).isEqualTo("allowed");
    flood();
    keys.misses = 1;
    assertThat(outcome(good(), FLOOD)).isEqualTo("allowed");

    // As before, and missed once more on the way to the store.
    keys.misses = 1;
    var request = request(new Credential.Single(Place.BEARER, good(), null), FLOOD);
    long strangers = lookups.ofStrangers();
    assertThat(text(verifier.verifyInStore(request))).isEqualTo("allowed");
    assertThat(lookups.ofStrangers()).isEqualTo(strangers);
  }

  @Test
  void keyOfAnotherNode_inAFlood_cannotBeSaid() {
    flood();

    assertThat(outcome(good(), FLOOD)).isEqualTo("TOO_MANY_UNKNOWN");
  }

  @Test
  @DisplayName("a wrong secret for an id in memory is bounded like an unknown id")
  void wrongSecretOfAVerifiedId_isAStrangers() {
    assertThat(outcome(good(), HOLDER)).isEqualTo("allowed");
    int reads = keys.reads;
    for (int i = 0; i < 1_000; i++) {
      outcome(wrong(), FLOOD);
    }
    assertThat(keys.reads - reads).isEqualTo(5);
    assertThat(outcome(good(), HOLDER)).isEqualTo("allowed");
  }

  @Test
  @DisplayName("a wrong secret denies only itself, never the key's holder")
  void wrongSecret_isRememberedWithItsWholeText() {
    keys.holdsInMemory = false;
    assertThat(outcome(wrong(), FLOOD)).isEqualTo("not_found");

    assertThat(outcome(good(), HOLDER)).isEqualTo("allowed");
  }

  @Test
  void goodKeyBesideAnotherId_doesNotDenyTheKeyAlone() {
    keys.holdsInMemory = false;
    var beside = new Credential.Single(Place.BASIC, good(), "key_000000000000");
    assertThat(outcome(beside, FLOOD)).isEqualTo("not_found");

    assertThat(outcome(good(), HOLDER)).isEqualTo("allowed");
  }

  @Test
  void verifyIfCached_thenInStore_paysOnce() {
    for (int i = 0; i < 5; i++) {
      var request = request(new Credential.Single(Place.BEARER, madeUp(), null), FLOOD);
      assertThat(verifier.verifyIfCached(request)).isEmpty();
      assertThat(text(verifier.verifyInStore(request))).isEqualTo("not_found");
    }
    assertThat(outcome(madeUp(), FLOOD)).isEqualTo("TOO_MANY_UNKNOWN");
  }

  private void flood() {
    for (int i = 0; i < 100; i++) {
      outcome(madeUp(), ClientAddress.of("192.0.2." + i));
      outcome(madeUp(), FLOOD);
    }
  }

  private String outcome(String key, ClientAddress address) {
    return outcome(new Credential.Single(Place.BEARER, key, null), address);
  }

  private String outcome(Credential credential, ClientAddress address) {
    return text(verifier.verify(request(credential, address)));
  }

  private static VerificationRequest request(Credential credential, ClientAddress address) {
    return new VerificationRequest(null, credential, null, null, address);
  }

  private static String text(VerificationDecision decision) {
    return switch (decision) {
      case VerificationDecision.Allowed _ -> "allowed";
      case VerificationDecision.Denied denied -> denied.reason().text();
      case Indeterminate(Cause cause) -> cause.name();
    };
  }

  private String good() {
    return held.secret().reveal();
  }

  private String madeUp() {
    return KeyFormat.generate("mk_live_", random).secret().reveal();
  }

  /** The id of the good key before a secret that is not its own. */
  private String wrong() {
    String made = madeUp();
    String body = good().substring(0, 20) + made.substring(20, 63);
    return IndependentChecksum.complete(body);
  }

  /** One key in a store, in memory once it has been read. */
  private final class KeyInStore implements VerifiableKeys {
    private int reads;
    private boolean holdsInMemory = true;
    private boolean isInMemory;
    private int misses;

    @Override
    public @Nullable VerifiableKey ifCached(ApiKeyId id) {
      if (misses > 0) {
        misses--;
        return null;
      }
      return isInMemory && id.equals(held.key().id()) ? key() : null;
    }

    @Override
    public Optional<VerifiableKey> find(ApiKeyId id) {
      reads++;
      if (!id.equals(held.key().id())) {
        return Optional.empty();
      }
      isInMemory = holdsInMemory;
      return Optional.of(key());
    }

    private VerifiableKey key() {
      return TestKeys.key(held.key().id(), digester.digest(held.key()));
    }
  }
}
