package dev.keyway.store.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Precondition;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.contract.Together;
import dev.keyway.core.contract.World;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.store.sqlite.SqliteStores;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedKeysTest {
  @TempDir Path folder;
  private final ChangeSlots slots = new ChangeSlots();
  private SqliteStores stores;
  private World world;
  private CachedApiKeyStore store;

  @BeforeEach
  void open() {
    stores = new SqliteStores(folder);
    world = new World(stores);
    store = new CachedApiKeyStore(stores.apiKeys(), slots, 10_000);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void ifCached_onlyAfterFind_andOnlyWhileCurrent() {
    ApiKey key = world.key(world.account("memo")).add();
    assertThat(store.verifiable().ifCached(key.id())).isNull();

    assertThat(store.verifiable().find(key.id())).isPresent();
    assertThat(store.verifiable().ifCached(key.id())).isNotNull();

    slots.apply(revoke(key.id()));
    assertThat(store.verifiable().ifCached(key.id())).isNull();
    assertThat(store.verifiable().find(key.id()).orElseThrow().key().revokedAt()).isNotNull();
    assertThat(store.verifiable().ifCached(key.id())).isNotNull();
  }

  @Test
  void find_unknownKey_isEmptyUntilItIsMade() {
    ApiKey draft = world.key(world.account("memo")).draft();
    assertThat(store.verifiable().find(draft.id())).isEmpty();

    store.create(draft, null, world.event());
    assertThat(store.verifiable().find(draft.id())).isPresent();
  }

  @Test
  void find_storeBehindWhatIsApplied_isUnavailable() {
    ApiKey key = world.key(world.account("memo")).add();
    slots.startAt(1);

    assertThatThrownBy(() -> store.verifiable().find(key.id()))
        .isInstanceOf(UnavailableException.class);
    assertThat(store.verifiable().ifCached(key.id())).isNull();
  }

  @Test
  void find_storeClosed_isUnavailable() {
    ApiKey key = world.key(world.account("memo")).add();
    ApiKey cached = world.key(world.account("memo")).add();
    assertThat(store.verifiable().find(cached.id())).isPresent();
    stores.close();

    assertThatThrownBy(() -> store.verifiable().find(key.id()))
        .isInstanceOf(UnavailableException.class);
    assertThat(store.verifiable().ifCached(cached.id())).isNotNull();
    // Not answered from memory: reading must cost the same for every id.
    assertThatThrownBy(() -> store.verifiable().find(cached.id()))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void describe_ofAKeyInMemory_isSeenThere() {
    ApiKey key = world.key(world.account("memo")).add();
    assertThat(store.verifiable().find(key.id())).isPresent();

    store.describe(key.id(), "renamed", null, Precondition.NONE, world.event());

    assertThat(cached(key.id()).key().name()).isEqualTo("renamed");
  }

  @Test
  @DisplayName("ALL-3 what was read just before a revoke is neither answered nor kept")
  void find_revokedBetweenReadAndKeep_isReadAgain() {
    ApiKey key = world.key(world.account("memo")).add();
    var isFirst = new AtomicBoolean(true);
    var keys =
        new CachedKeys(
            readingBefore(() -> {
              if (isFirst.getAndSet(false)) {
                slots.apply(revoke(key.id()));
              }
            }),
            slots,
            10);

    assertThat(keys.find(key.id()).orElseThrow().key().revokedAt()).isNotNull();

    VerifiableKey kept = Objects.requireNonNull(keys.ifCached(key.id()));
    assertThat(kept.key().revokedAt()).isNotNull();
    assertThat(kept.asOf()).isEqualTo(slots.applied());
  }

  /** The store, where something happens after each read for a verification. */
  private ApiKeyStore readingBefore(Runnable afterwards) {
    return (ApiKeyStore)
        Proxy.newProxyInstance(
            ApiKeyStore.class.getClassLoader(),
            new Class<?>[] {ApiKeyStore.class},
            (_, method, arguments) -> {
              Object answer = method.invoke(stores.apiKeys(), arguments);
              if (method.getName().equals("findForVerification")) {
                afterwards.run();
              }
              return answer;
            });
  }

  @Test
  @DisplayName("ALL-3 no fill that races a revoke leaves a key behind that is accepted")
  void find_racingRevokes_neverShowsWhatIsRevoked() {
    Account account = world.account("memo");
    List<ApiKeyId> ids = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      ids.add(world.key(account).add().id());
    }
    var revoked = ConcurrentHashMap.<ApiKeyId>newKeySet();
    var done = new AtomicBoolean();

    List<Integer> accepted =
        Together.run(
            5, thread -> thread == 0 ? revokeEach(ids, revoked, done) : fill(ids, revoked, done));

    assertThat(revoked).hasSize(250);
    assertThat(accepted).containsOnly(0);
  }

  /** Counts the keys that are still to be had after their revoke has been applied. */
  private int revokeEach(List<ApiKeyId> ids, Set<ApiKeyId> revoked, AtomicBoolean done) {
    int accepted = 0;
    for (ApiKeyId id : ids) {
      assertThat(store.verifiable().find(id)).isPresent();
      slots.apply(revoke(id));
      revoked.add(id);
      VerifiableKey cached = store.verifiable().ifCached(id);
      if (cached != null && cached.key().revokedAt() == null) {
        accepted++;
      }
    }
    done.set(true);
    return accepted;
  }

  private int fill(List<ApiKeyId> ids, Set<ApiKeyId> revoked, AtomicBoolean done) {
    int accepted = 0;
    do {
      for (ApiKeyId id : ids) {
        boolean wasRevoked = revoked.contains(id);
        VerifiableKey found = store.verifiable().find(id).orElseThrow();
        if (wasRevoked && found.key().revokedAt() == null) {
          accepted++;
        }
      }
    } while (!done.get());
    return accepted;
  }

  private VerifiableKey cached(ApiKeyId id) {
    VerifiableKey cached = store.verifiable().ifCached(id);
    assertThat(cached).isNotNull();
    return store.verifiable().find(id).orElseThrow();
  }

  private Change revoke(ApiKeyId id) {
    return store.revoke(id, world.now(), Precondition.NONE, world.event()).orElseThrow();
  }
}
