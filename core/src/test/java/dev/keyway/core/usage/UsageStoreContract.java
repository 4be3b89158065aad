package dev.keyway.core.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.KeyQuery;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.usage.UsageRange.Step;
import dev.keyway.core.usage.UsageStore.ClientUse;
import dev.keyway.core.usage.UsageStore.HourUse;
import dev.keyway.core.usage.UsageStore.StepRefusals;
import dev.keyway.core.usage.UsageStore.StepRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link UsageStore} does. */
public abstract class UsageStoreContract extends StoreContract {
  private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");
  private static final long HOURS_10 = Duration.ofHours(10).toMillis();

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
  void counted_isAddedUpByHourAndByDay() {
    ApiKey key = world.key(world.account("meko")).add();
    ApiKey other = world.key(world.account("meko")).add();
    stores
        .usage()
        .counted(List.of(hour(key, 0, 3), hour(key, 1, 4), hour(key, 24, 5), hour(other, 0, 7)));
    stores.usage().counted(List.of(hour(key, 0, 10), hour(key, 0, 100)));

    assertThat(stores.usage().requests(List.of(key.id()), range(Step.HOUR, 0, 48)))
        .containsExactlyInAnyOrder(
            new StepRequests(key.id(), at(0), 113),
            new StepRequests(key.id(), at(1), 4),
            new StepRequests(key.id(), at(24), 5));
    assertThat(stores.usage().requests(List.of(key.id(), other.id()), range(Step.DAY, 0, 48)))
        .containsExactlyInAnyOrder(
            new StepRequests(key.id(), at(0), 117),
            new StepRequests(key.id(), at(24), 5),
            new StepRequests(other.id(), at(0), 7));
    assertThat(stores.usage().requests(List.of(key.id()), range(Step.HOUR, 1, 24)))
        .containsExactly(new StepRequests(key.id(), at(1), 4));
    assertThat(stores.usage().requests(List.of(), range(Step.HOUR, 0, 48))).isEmpty();
  }

  @Test
  void refused_isAddedUpByStepAndReason() {
    ApiKey key = world.key(world.account("meko")).add();
    stores
        .usage()
        .refused(
            List.of(
                refusal(key, "revoked", "192.0.2.0/24", at(0), 3),
                refusal(key, "revoked", "198.51.100.0/24", at(0).plusSeconds(60), 2),
                refusal(key, "expired", "192.0.2.0/24", at(0), 1),
                refusal(key, "revoked", "192.0.2.0/24", at(1), 9)));
    stores.usage().refused(List.of(refusal(key, "revoked", "192.0.2.0/24", at(0), 3)));

    assertThat(stores.usage().refusals(List.of(key.id()), range(Step.HOUR, 0, 2)))
        .containsExactlyInAnyOrder(
            new StepRefusals(key.id(), at(0), "revoked", 8),
            new StepRefusals(key.id(), at(0), "expired", 1),
            new StepRefusals(key.id(), at(1), "revoked", 9));
    assertThat(stores.usage().refusals(List.of(key.id()), range(Step.DAY, 0, 24)))
        .containsExactlyInAnyOrder(
            new StepRefusals(key.id(), at(0), "revoked", 17),
            new StepRefusals(key.id(), at(0), "expired", 1));
    assertThat(stores.usage().refusals(List.of(), range(Step.DAY, 0, 24))).isEmpty();
    assertThat(lastUse(key)).isNull();
  }

  @Test
  void counted_clientSeenAgain_isTheSameOne() {
    ApiKey key = world.key(world.account("meko")).add();
    stores.usage().counted(List.of(seen(key, client("node", 10, 20, 2))));
    stores.usage().counted(List.of(seen(key, client("node", 5, 15, 1), client(null, 7, 30, 4))));

    assertThat(stores.usage().clients(key.id()))
        .containsExactly(client(null, 7, 30, 4), client("node", 5, 20, 3));
    assertThat(stores.usage().clients(world.key(world.account("meko")).add().id())).isEmpty();
  }

  @Test
  void counted_moreClientsThanAreKept_leavesThoseSeenLast() {
    ApiKey key = world.key(world.account("meko")).add();
    ApiKey other = world.key(world.account("meko")).add();
    stores.usage().counted(List.of(seen(other, client("other", 0, 0, 1))));
    for (int i = 0; i < 25; i++) {
      stores.usage().counted(List.of(seen(key, client("client/" + i, i, i, 1))));
    }
    stores.usage().counted(List.of(seen(key, client("client/7", 99, 99, 1))));

    List<ClientUse> kept = stores.usage().clients(key.id());

    assertThat(kept).hasSize(UsageStore.MOST_CLIENTS);
    assertThat(kept.getFirst()).isEqualTo(client("client/7", 7, 99, 2));
    assertThat(kept.getLast()).isEqualTo(client("client/5", 5, 5, 1));
    assertThat(stores.usage().clients(other.id())).hasSize(1);
  }

  @Test
  void forget_removesWhatIsOlder_alsoOfManyRows_andKeepsTheLastUse() {
    ApiKey key = world.key(world.account("meko")).add();
    stores.usage().used(Map.of(key.id(), at(0)));
    stores.usage().counted(List.of(hour(key, 0, 1), hour(key, 10, 1)));
    stores.usage().refused(List.of(refusal(key, "revoked", "192.0.2.0/24", at(0), 1)));
    stores.usage().refused(List.of(refusal(key, "revoked", "192.0.2.0/24", at(10), 1)));
    stores.usage().counted(List.of(seen(key, client("old", 0, 1, 1))));
    stores.usage().counted(List.of(seen(key, client("new", 0, HOURS_10, 1))));
    stores.usage().counted(IntStream.range(-1_200, 0).mapToObj(i -> hour(key, i, 1)).toList());

    stores.usage().forget(at(10));

    var everything = range(Step.DAY, -1_500, 48);
    assertThat(stores.usage().requests(List.of(key.id()), everything))
        .containsExactly(new StepRequests(key.id(), at(0), 1));
    assertThat(stores.usage().refusals(List.of(key.id()), everything))
        .containsExactly(new StepRefusals(key.id(), at(0), "revoked", 1));
    assertThat(stores.usage().clients(key.id())).containsExactly(client("new", 0, HOURS_10, 1));
    assertThat(lastUse(key)).isEqualTo(at(0));
  }

  @Test
  void forgetMinutes_leavesWhatIsShown() {
    ApiKey key = world.key(world.account("meko")).add();
    stores
        .usage()
        .refused(
            List.of(
                refusal(key, "revoked", "192.0.2.0/24", at(0).plusSeconds(60), 2),
                refusal(key, "revoked", "192.0.2.0/24", at(0).plusSeconds(3_540), 3)));

    stores.usage().forgetMinutes(at(10));

    assertThat(stores.usage().refusals(List.of(key.id()), range(Step.HOUR, 0, 2)))
        .containsExactly(new StepRefusals(key.id(), at(0), "revoked", 5));
  }

  @Test
  void counted_ofAKeyThatIsRevoked_isKept() {
    ApiKey key = world.key(world.account("meko")).add();
    stores.usage().counted(List.of(hour(key, 0, 3)));
    stores.apiKeys().revoke(key.id(), world.tick(), Precondition.NONE, world.event());
    stores.usage().counted(List.of(hour(key, 0, 1)));

    assertThat(stores.usage().requests(List.of(key.id()), range(Step.HOUR, 0, 1)))
        .containsExactly(new StepRequests(key.id(), at(0), 4));
  }

  private static Instant at(int hour) {
    return MIDNIGHT.plus(Duration.ofHours(hour));
  }

  private static UsageRange range(Step step, int fromHour, int toHour) {
    return new UsageRange(at(fromHour), at(toHour), step);
  }

  private static HourUse hour(ApiKey key, int hour, long requests) {
    return new HourUse(key.id(), at(hour), requests, List.of());
  }

  private static HourUse seen(ApiKey key, ClientUse... clients) {
    return new HourUse(key.id(), at(10), 0, List.of(clients));
  }

  /** A client seen so many milliseconds after midnight. */
  private static ClientUse client(@Nullable String name, long first, long last, long requests) {
    return new ClientUse(
        name, "192.0.2.0/24", MIDNIGHT.plusMillis(first), MIDNIGHT.plusMillis(last), requests);
  }

  private static UsageStore.RefusalCount refusal(
      ApiKey key, String reason, String addressPrefix, Instant minute, long count) {
    return new UsageStore.RefusalCount(key.id(), reason, addressPrefix, minute, count);
  }

  private @Nullable Instant lastUse(ApiKey key) {
    return stores.apiKeys().find(key.id()).orElseThrow().lastUsedAt();
  }
}
