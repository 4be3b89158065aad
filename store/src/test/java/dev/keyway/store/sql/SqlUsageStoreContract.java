package dev.keyway.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.usage.UsageStore;
import dev.keyway.core.usage.UsageStore.RefusalCount;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class SqlUsageStoreContract extends SqlContract {

  @Test
  void forgetMinutes_removesTheCountsOfEarlierMinutesOnly() {
    ApiKey key = world.key(world.account("meko")).add();
    Instant now = Instant.ofEpochSecond(600_000);
    stores.usage().refused(counts(key, now.minusMillis(1), 1_234));
    stores.usage().refused(counts(key, now, 2));

    stores.usage().forgetMinutes(now);

    assertThat(stores.rows("refusal_count")).isEqualTo(2);
    assertThat(stores.rows("key_refusals")).isEqualTo(1);
  }

  @Test
  void forgetMinutes_ofMoreThanGoesAtOnce_leavesTheRestForTheNextTime() {
    ApiKey key = world.key(world.account("meko")).add();
    Instant now = Instant.ofEpochSecond(600_000);
    stores.usage().refused(counts(key, now.minusMillis(1), UsageStore.MOST_FORGOTTEN + 7));

    stores.usage().forgetMinutes(now);
    assertThat(stores.rows("refusal_count")).isEqualTo(7);

    stores.usage().forgetMinutes(now);
    assertThat(stores.rows("refusal_count")).isZero();
  }

  private static List<RefusalCount> counts(ApiKey key, Instant minute, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new RefusalCount(key.id(), "revoked", "prefix " + i, minute, 1))
        .toList();
  }
}
