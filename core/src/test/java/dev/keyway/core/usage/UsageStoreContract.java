package dev.keyway.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.keyway.core.PageRequest;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.KeyQuery;
import dev.keyway.core.contract.StoreContract;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link UsageStore} does. */
public abstract class UsageStoreContract extends StoreContract {

  @Test
  void used_isShownWithTheKey() {
    ApiKey key = world.key(world.account("meko")).add();
    ApiKey other = world.key(world.account("meko")).add();
    Instant at = world.tick();

    stores.usage().used(Map.of(key.id(), at));

    assertThat(lastUse(key)).isEqualTo(at);
    assertThat(lastUse(other)).isNull();
    var everything =
        new KeyQuery(
            new KeyQuery.Visibility.Products(Set.of()),
            null,
            null,
            null,
            null,
            Set.of(),
            Set.of(),
            null,
            null,
            null,
            world.now());
    assertThat(stores.apiKeys().list(everything, PageRequest.first()).data())
        .filteredOn(row -> row.key().id().equals(key.id()))
        .allMatch(row -> at.equals(row.lastUsedAt()))
        .hasSize(1);
  }

  @Test
  void used_movesForwardOnly() {
    ApiKey key = world.key(world.account("meko")).add();
    Instant at = world.tick();
    stores.usage().used(Map.of(key.id(), at));

    stores.usage().used(Map.of(key.id(), at.minusMillis(1)));
    assertThat(lastUse(key)).isEqualTo(at);

    stores.usage().used(Map.of(key.id(), at.plusMillis(1)));
    assertThat(lastUse(key)).isEqualTo(at.plusMillis(1));
  }

  @Test
  void usedSince_areTheLatestFromAnInstantOn() {
    ApiKey before = world.key(world.account("meko")).add();
    ApiKey first = world.key(world.account("meko")).add();
    ApiKey second = world.key(world.account("meko")).add();
    Instant from = world.tick();
    stores
        .usage()
        .used(
            Map.of(
                before.id(),
                from.minusMillis(1),
                first.id(),
                from,
                second.id(),
                from.plusMillis(1)));

    assertThat(stores.usage().usedSince(from, 10)).containsExactly(second.id(), first.id());
    assertThat(stores.usage().usedSince(from, 1)).containsExactly(second.id());
    assertThat(stores.usage().usedSince(from.plusMillis(2), 10)).isEmpty();
  }

  @Test
  void used_leavesTheKeyItselfAsItWas() {
    ApiKey key = world.key(world.account("meko")).add();

    stores.usage().used(Map.of(key.id(), world.tick()));

    assertThat(stored(key)).usingRecursiveComparison().isEqualTo(key);
    assertThat(stores.changeLog().head()).isZero();
  }

  @Test
  void refused_sameCountAgain_isAddedAndNotRefused() {
    ApiKey key = world.key(world.account("meko")).add();
    Instant minute = world.now().truncatedTo(ChronoUnit.MINUTES);
    var count = new UsageStore.RefusalCount(key.id(), "revoked", "192.0.2.0/24", minute, 3);

    assertThatCode(
            () -> {
              stores.usage().refused(List.of(count));
              stores.usage().refused(List.of(count, count));
            })
        .doesNotThrowAnyException();
    assertThat(lastUse(key)).isNull();
  }

  private @Nullable Instant lastUse(ApiKey key) {
    return stores.apiKeys().find(key.id()).orElseThrow().lastUsedAt();
  }
}
