package dev.keyway.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.limit.CountedBy;
import dev.keyway.core.limit.LimitedCaller;
import dev.keyway.core.limit.Limiters;
import dev.keyway.core.limit.NodeClock;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.limit.RollingWindowLimiter;
import dev.keyway.store.sql.SqlWindowStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier program's limits have counted. */
class LimitMigrationTest {
  private static final long EPOCH = Instant.parse("2027-04-09T12:00:00Z").toEpochMilli();
  private static final RateLimit LIMIT = new RateLimit("data", 100, Duration.ofMinutes(1));

  @TempDir Path folder;

  @Test
  @DisplayName("ALL-4 an upgrade forgets no admission, and takes an open run for broken off")
  void open_storeWithAdmissionsAndAnOpenRun_countsThem() throws Exception {
    makeVersion7();

    try (var database = SqliteDatabase.open(folder)) {
      var limiter =
          new RollingWindowLimiter(
              new SqlWindowStore(database),
              new NodeClock(() -> 1_000, () -> Instant.ofEpochMilli(EPOCH)),
              Limiters.NO_EVENTS);
      limiter.begin();

      assertThat(left(limiter, "key_a1B2c3D4e5F6")).as("95 written and a tenth").isZero();
      assertThat(left(limiter, "key_000000000000")).as("a tenth").isEqualTo(90);
    }
  }

  @Test
  void begin_andEnd_lookUpReservedQuotas() {
    try (var database = SqliteDatabase.open(folder)) {
      for (String change : new String[] {"used = used + reserve, reserve = 0", "reserve = 0"}) {
        List<String> plan =
            database.read(handle ->
                handle
                    .createQuery(
                        "EXPLAIN QUERY PLAN UPDATE limit_quota SET "
                            + change
                            + " WHERE reserve > 0")
                    .map((row, _) -> row.getString("detail"))
                    .list());
        assertThat(plan).singleElement().asString().contains("limit_quota_reserved");
      }
    }
  }

  private void makeVersion7() throws Exception {
    var source = SqliteDatabase.source(folder.resolve(SqliteDatabase.FILE_NAME));
    String scripts = "classpath:" + "dev/keyway/store/migrations/";
    Flyway.configure()
        .dataSource(source)
        .table("flyway_schema_history")
        .locations(scripts + "common", scripts + "sqlite")
        .placeholders(Map.of("id", "TEXT", "bytes", "BLOB"))
        .target("7")
        .load()
        .migrate();
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("UPDATE limit_run SET is_open = 1, epoch_at_zero = " + (EPOCH - 60_000));
      statement.execute(
          "INSERT INTO limit_admission"
              + " (key_id, limit_name, admitted_at, counts_until, requests) VALUES"
              + " ('key_a1B2c3D4e5F6', 'data', %d, %d, 95)"
                  .formatted(EPOCH - 9_000, EPOCH + 52_000));
    }
  }

  private static int left(RollingWindowLimiter limiter, String key) {
    var charge = Limiters.charge(1, LIMIT);
    var caller = new KeyAlone(key);
    int admitted = 0;
    while (limiter.acquire(charge, caller).admitted()) {
      admitted++;
    }
    return admitted;
  }

  private static final class KeyAlone extends LimitedCaller {
    private final String id;

    KeyAlone(String id) {
      this.id = id;
    }

    @Override
    protected String idOf(CountedBy by) {
      return id;
    }

    @Override
    protected @Nullable String plan() {
      return null;
    }
  }
}
