package dev.keyway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.CommandRun;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Postgres;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server over a PostgreSQL of its own, which comes and goes. */
final class PostgresConformanceTest {
  private static final String PASSWORD = "hunter2-of-the-database";
  private static final Duration OUTAGE = Duration.ofSeconds(40);

  /** No limit counts it, so that an outage shows what is known of the key and nothing else. */
  private static final String FREE = "/flood/free";

  @Test
  @DisplayName(
      "ALL-5 PostgreSQL gone: keys in memory go on, others get 503, and it heals by itself")
  void keys_whilePostgresIsGone_areNeverWronglyRefused() throws IOException {
    Postgres postgres = Postgres.start();
    try (WireUpstream upstream = WireUpstream.start()) {
      upstream.otherwise((_, wire) -> wire.respond(200, "text/plain", "ok"));
      try (ServedKeyway keyway = serve(postgres, upstream)) {
        Tenants tenants = keyway.tenants();
        NewKey held = tenants.key("flood", tenants.account("flood"));
        keyway.door().getAs(held, FREE).expect(200);

        postgres.crash();
        keyway.door().getAs(held, FREE).expect(200);
        keyway
            .door()
            .get(FREE, "Authorization", "Bearer " + KeyForm.neverIssued("fld_"))
            .problem(503, "cannot_verify");
        assertThat(revoke(keyway, held)).as("neither done nor refused").isEqualTo(503);
        Eventually.holds("red", OUTAGE, () -> health(keyway) == 503);

        postgres.resume();
        Eventually.holds("green", OUTAGE, () -> health(keyway) == 200);
        Eventually.holds("revoked", OUTAGE, () -> revoke(keyway, held) == 200);
        keyway.door().getAs(held, FREE).expect(401);
        assertThat(keyway.output()).doesNotContain(PASSWORD);
      }
    }
  }

  @Test
  @DisplayName("Over PostgreSQL keys outlive a crash, and operator keys can be made by command")
  void keys_afterACrash_areAsTheyWere() throws IOException {
    Postgres postgres = Postgres.start();
    try (WireUpstream upstream = WireUpstream.start()) {
      ServedKeyway first = serve(postgres, upstream);
      NewKey lives = first.tenants().key("flood", first.tenants().account("flood"));
      NewKey ended = first.tenants().key("flood", first.tenants().account("flood"));
      first.tenants().revoke(ended.id()).expect(200);

      try (ServedKeyway again = first.killAndStartAgain()) {
        assertThat(again.tenants().verifyCode(lives.secret())).isEqualTo("valid");
        assertThat(again.tenants().verifyCode(ended.secret())).isNotEqualTo("valid");
        assertThat(again.data().resolve("keyway.db")).doesNotExist();
      }
      String data = first.data().toString();
      CommandRun made = CommandRun.of(Map.of(), "operator-key", "create", "ci", "--data", data);
      assertThat(made.status()).as(made.err()).isZero();
      CommandRun list = CommandRun.of(Map.of(), "operator-key", "list", "--data", data);
      assertThat(list.out()).contains("ci");
      CommandRun backup = CommandRun.of(Map.of(), "backup", data + "/copy", "--data", data);
      assertThat(backup.err()).contains("pg_dump");
    }
  }

  private static int revoke(ServedKeyway keyway, NewKey key) {
    return keyway
        .operator()
        .post("/v1/keys/" + key.id() + "/revoke", Json.of("reason", "lost"))
        .status();
  }

  private static int health(ServedKeyway keyway) {
    return keyway.anonymous().get("/health").status();
  }

  private static ServedKeyway serve(Postgres postgres, WireUpstream upstream) throws IOException {
    Path data = RunningKeyway.temporaryFolder("keyway-serve");
    Files.createDirectories(data.resolve("profiles"));
    Files.writeString(
        data.resolve("profiles").resolve("flood.yaml"),
        Resource.text("flood/flood.yaml")
            .replace("http://upstream.invalid", upstream.address().toString()));
    Files.writeString(data.resolve("db-password"), PASSWORD + "\n");
    return ServedKeyway.start(data, postgres.setting("${file:db-password}"), Map.of());
  }
}
