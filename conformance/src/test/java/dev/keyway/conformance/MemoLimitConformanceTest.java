package dev.keyway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.Tenants.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Memo AI's limits per key (MEMO-9), and their exactness on one node (ALL-4). Each test spends one
 * key's minute with as many requests as fit and one more; the time it took is part of what is
 * checked.
 */
final class MemoLimitConformanceTest {

  private static final int DATA = 500;
  private static final int MANAGEMENT = 180;
  private static final String LIST = "/memo/api/v1/developer/transcriptions";

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Tenants tenants = keyway.tenants();
  private final Door door = keyway.door();

  @Test
  @DisplayName("MEMO-9 ALL-4 data endpoints admit 500 requests a minute, then 429 with Retry-After")
  void dataRequests_beyond500AMinute_are429() {
    NewKey key = key();
    Instant start = Instant.now();
    for (int i = 1; i <= DATA; i++) {
      Answer admitted = door.getAs(key, LIST);
      assertThat(admitted.status()).as("request %s of the window", i).isEqualTo(200);
    }
    Answer refused = door.getAs(key, LIST).problem(429, "rate_limited");
    assertRetryAfter(refused, start);
    assertThat(refused.header("ratelimit")).isPresent();
    assertThat(refused.header("ratelimit-policy").orElse("")).contains("500");
    door.getAs(key(), LIST).expect(200);
  }

  @Test
  @DisplayName("ALL-4 of 700 concurrent requests exactly 500 are admitted in the window")
  void concurrentRequests_admitExactlyTheLimit() throws Exception {
    NewKey key = key();
    Instant start = Instant.now();
    Callable<Integer> request = () -> door.getAs(key, LIST).status();
    try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
      List<Integer> statuses =
          threads.invokeAll(Stream.generate(() -> request).limit(DATA + 200).toList()).stream()
              .map(Future::resultNow)
              .toList();
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMinutes(1));
      assertThat(statuses).containsOnly(200, 429);
      assertThat(statuses).filteredOn(status -> status == 200).hasSize(DATA);
    }
  }

  @Test
  @DisplayName(
      "MEMO-9 ALL-4 key management with the key admits 180 calls a minute, then 429 with Retry-After")
  void managementCalls_beyond180AMinute_are429() {
    NewKey key = key();
    Api self = keyway.anonymous().bearer(key.secret());
    Instant start = Instant.now();
    for (int i = 1; i <= MANAGEMENT; i++) {
      assertThat(self.get("/v1/keys/" + key.id()).status())
          .as("call %s of the window", i)
          .isEqualTo(200);
    }
    assertRetryAfter(self.get("/v1/keys/" + key.id()).problem(429, "rate_limited"), start);
    self.get("/v1/me").expect(200);
    door.getAs(key, LIST).expect(200);
  }

  @Test
  @DisplayName("MEMO-9 a verify counts 1 on data unless count is false, and refusals count nothing")
  void verify_counts_unlessToldNotTo() {
    NewKey key = key();
    door.get(LIST, "Authorization", key.bearer(), "X-API-Key", "x").problem(400, "invalid_request");
    for (int i = 0; i < DATA; i++) {
      assertThat(verify(key, true)).isEqualTo("valid");
      assertThat(verify(key, false)).isEqualTo("valid");
    }
    assertThat(verify(key, true)).isEqualTo("rate_limited");
    door.getAs(key, LIST).problem(429, "rate_limited");
  }

  private NewKey key() {
    Workspace workspace = tenants.workspace("memo", "pro");
    return tenants.key(workspace, workspace.owner());
  }

  private String verify(NewKey key, Boolean count) {
    return keyway
        .operator()
        .post("/v1/keys/verify", Json.of("key", key.secret(), "count", count))
        .expect(200)
        .text("code");
  }

  /**
   * The wait must be whole seconds and must end within the window's minute, counted from its first
   * request.
   */
  private static void assertRetryAfter(Answer refused, Instant start) {
    Duration spent = Duration.between(start, Instant.now());
    assertThat(spent)
        .as("the window was spent within its minute")
        .isLessThan(Duration.ofMinutes(1));
    int seconds = Integer.parseInt(refused.header("retry-after").orElseThrow());
    assertThat(seconds).isBetween(1, 60);
    assertThat(Duration.ofSeconds(seconds))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(59).minus(spent));
  }
}
