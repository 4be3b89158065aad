package dev.keyway.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the program while keys are made and revoked, again and again on the same folder, and looks
 * each time whether what it had answered is true. {@code -Dkeyway.faults=true}: 50 times.
 */
@DisplayName("Crash: kill -9")
final class CrashTest {
  private static final int CYCLES = Boolean.getBoolean("keyway.faults") ? 50 : 5;
  private static final int WORKERS = 8;
  private static final int MAX_CALLS_BEFORE = 60;

  private final long seed = Long.getLong("keyway.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, CrashLedger.Entry> known = new HashMap<>();
  private String account = "";

  @Test
  @DisplayName(
      "ALL-3, ALL-5 what was acknowledged before a crash is so after it, and nothing is half done")
  void kill_duringCreatesAndRevokes_acknowledgedIsTrue(@TempDir Path data) throws Exception {
    System.out.println("CrashTest: " + CYCLES + " cycles, -Dkeyway.seed=" + seed);
    Folders.withProfile(data);
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
        account = account.isEmpty() ? keyway.tenants().account("crash") : account;
        check(keyway, "seed " + seed + ", after crash " + cycle);
        crashAtWork(keyway);
      }
      Door.hangUp();
    }
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      check(keyway, "seed " + seed + ", at the end");
    }
    assertThat(known).hasSizeGreaterThan(CYCLES);
  }

  /** Lets workers create and revoke, and kills the program after a random number of answers. */
  private void crashAtWork(ServedKeyway keyway) throws InterruptedException {
    var answers = new AtomicInteger();
    int enough = 1 + random.nextInt(MAX_CALLS_BEFORE);
    List<CrashLedger> ledgers = new ArrayList<>();
    List<Thread> workers = new ArrayList<>();
    List<CrashLedger.Entry> toRevoke =
        known.values().stream().filter(CrashLedger.Entry::mayLive).toList();
    for (int i = 0; i < WORKERS; i++) {
      var ledger = new CrashLedger(keyway.operator(), account, random.nextLong(), answers);
      ledgers.add(ledger);
      int worker = i;
      List<CrashLedger.Entry> share = new ArrayList<>();
      for (int k = worker; k < toRevoke.size(); k += WORKERS) {
        share.add(toRevoke.get(k));
      }
      workers.add(Thread.ofVirtual().start(() -> ledger.workUntilItBreaks(share)));
    }
    Eventually.holds("calls answered", Duration.ofSeconds(60), () -> answers.get() >= enough);
    keyway.program().kill();
    for (Thread worker : workers) {
      worker.join();
    }
    ledgers.forEach(ledger -> ledger.entries().forEach(entry -> known.put(entry.name(), entry)));
  }

  private void check(ServedKeyway keyway, String when) {
    Api operator = keyway.operator();
    Map<String, JsonNode> listed = list(operator);
    for (CrashLedger.Entry entry : known.values()) {
      JsonNode row = listed.remove(entry.name());
      assertThat(row != null || entry.secret() == null).as("%s: %s", when, entry).isTrue();
      if (row != null) {
        checkOne(operator, entry, row, when);
      }
    }
    assertThat(listed).as("%s: keys that nobody asked for", when).isEmpty();
  }

  /** The row of the list, the trail and the decision say the same, and what was acknowledged. */
  private void checkOne(Api operator, CrashLedger.Entry entry, JsonNode row, String when) {
    String what = when + ": " + entry;
    String id = row.at("/id").asText();
    String status = row.at("/status").asText();
    if (entry.isRevokeAcknowledged()) {
      assertThat(status).as(what).isEqualTo("revoked");
    } else if (!entry.isRevokeTried()) {
      assertThat(status).as(what).isEqualTo("active");
    }
    Answer audit = operator.get("/v1/audit?limit=100&key=" + id).expect(200);
    List<String> actions =
        audit.data().stream().map(event -> event.at("/action").asText()).sorted().toList();
    assertThat(actions)
        .as(what)
        .isEqualTo(
            status.equals("revoked") ? List.of("key.create", "key.revoke") : List.of("key.create"));
    if (entry.secret() != null) {
      String code = new Tenants(operator).verifyCode(entry.secret());
      assertThat(code).as(what).isEqualTo(status.equals("revoked") ? "revoked" : "valid");
    }
    if (status.equals("revoked")) {
      assertThat(row.at("/revoked_at").isNull()).as(what).isFalse();
      entry.sawRevoked();
    }
  }

  private static Map<String, JsonNode> list(Api operator) {
    var rows = new HashMap<String, JsonNode>();
    String cursor = "";
    do {
      Answer page =
          operator
              .get("/v1/keys?product=crash&limit=100&status=active,revoked" + cursor)
              .expect(200);
      page.data().forEach(row -> rows.put(row.at("/name").asText(), row));
      String next = page.at("next_cursor").asText("");
      cursor = next.isEmpty() || next.equals("null") ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return rows;
  }
}
