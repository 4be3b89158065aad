package dev.keyway.store.sql;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Precondition;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.DigestStore.PepperUse;
import dev.keyway.core.apikey.DigestStore.Renewal;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.change.Entity;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.store.cached.CachedApiKeyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class SqlDigestStoreContract extends SqlContract {
  private static final KeyDigest NEW = new KeyDigest(2, "n".repeat(32).getBytes(US_ASCII));

  private SqlDigestStore digests;
  private Account account;

  @BeforeEach
  void prepare() {
    digests = new SqlDigestStore(stores.database());
    account = world.account("memo");
  }

  @Test
  void renew_livingKey_changesTheDigestAndNothingElse() {
    ApiKey key = world.key(account).add();
    long head = stores.changeLog().head();

    digests.renew(List.of(renewal(key, key.digest())));

    ApiKey renewed = stored(key);
    assertThat(renewed.digest().pepperVersion()).isEqualTo(2);
    assertThat(renewed.digest().toByteArray()).isEqualTo(NEW.toByteArray());
    assertThat(renewed.version()).isEqualTo(key.version());
    assertThat(stores.changeLog().head()).isEqualTo(head);
  }

  @Test
  void renew_revokedSince_leavesTheKeyRevokedAndItsDigestAlone() {
    ApiKey key = world.key(account).add();
    stores.apiKeys().revoke(key.id(), world.now(), Precondition.NONE, world.event());

    digests.renew(List.of(renewal(key, key.digest())));

    assertThat(stored(key).revokedAt()).isNotNull();
    assertThat(stored(key).digest().pepperVersion()).isEqualTo(key.digest().pepperVersion());
  }

  @Test
  void renew_fromADigestThatNoLongerStands_isNotDone() {
    ApiKey key = world.key(account).add();
    var another = new KeyDigest(key.digest().pepperVersion(), "x".repeat(32).getBytes(US_ASCII));

    digests.renew(List.of(renewal(key, another)));

    assertThat(stored(key).digest().toByteArray()).isEqualTo(key.digest().toByteArray());
  }

  @Test
  void renew_keyInMemory_isReadAgain() {
    ApiKey key = world.key(account).add();
    var cached = new CachedApiKeyStore(stores.apiKeys(), new ChangeSlots(), 10);
    assertThat(cached.verifiable().find(key.id())).isPresent();

    cached.digests(digests).renew(List.of(renewal(key, key.digest())));

    assertThat(cached.verifiable().ifCached(key.id())).isNull();
    VerifiableKey again = cached.verifiable().find(key.id()).orElseThrow();
    assertThat(again.key().digest().pepperVersion()).isEqualTo(2);
    assertThat(cached.verifiable().ifCached(key.id())).isSameAs(again);
  }

  @Test
  void use_countsOnlyKeysThatLive() {
    ApiKey living = world.key(account).add();
    int version = living.digest().pepperVersion();
    ApiKey renewed = world.key(account).add();
    digests.renew(List.of(renewal(renewed, renewed.digest())));
    ApiKey revoked = world.key(account).add();
    stores.apiKeys().revoke(revoked.id(), world.now(), Precondition.NONE, world.event());
    var _ = world.key(account).expiresAt(world.now().plusSeconds(60)).add();

    assertThat(digests.useAt(world.now()))
        .containsExactly(new PepperUse(version, 2, 0), new PepperUse(2, 1, 0));
    assertThat(digests.useAt(world.now().plusSeconds(60)))
        .as("one has expired")
        .containsExactly(new PepperUse(version, 1, 0), new PepperUse(2, 1, 0));
  }

  @Test
  void marks_anotherPepperUnderAVersionInUse_isTold() {
    byte[] one = "1".repeat(32).getBytes(US_ASCII);
    byte[] other = "2".repeat(32).getBytes(US_ASCII);

    assertThat(digests.noteMarks(Map.of(1, one, 2, one), Set.of(1, 2))).isEmpty();
    assertThat(digests.noteMarks(Map.of(1, other, 2, one), Set.of(1, 2))).containsExactly(1);
    assertThat(digests.noteMarks(Map.of(1, other), Set.of(2))).as("not in use").isEmpty();
    assertThat(digests.noteMarks(Map.of(1, other), Set.of(1))).as("noted since").isEmpty();
  }

  private ApiKey stored(ApiKey key) {
    return stores.apiKeys().find(key.id()).orElseThrow().key();
  }

  private static Renewal renewal(ApiKey key, KeyDigest from) {
    return new Renewal(new Entity(Entity.Kind.KEY, key.id().toString()), from, NEW);
  }
}
