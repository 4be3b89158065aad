package dev.keyway.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.CommandRun;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Postgres;
import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of docs/guides/move-to-postgresql.md, with everything that goes wrong on the way. */
final class MoveToPostgresTest {
  private static final int ROWS = 80_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORD = "not-the-one-it-has";

  private static final String MANY_ROWS =
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
      INSERT INTO audit_event
        (id, at, action, outcome, actor_kind, actor_id, address, request_id, reason)
      SELECT printf('aud_%%016d', i), i, 'key.revoke', 'done', 'operator', 'opk_000000000000',
        '192.0.2.1', 'req_' || i, 'kept' FROM n
      """
          .formatted(ROWS);

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void profile() throws IOException {
    data = folder.resolve("data");
    Files.createDirectories(data.resolve("profiles"));
    Files.writeString(data.resolve("profiles/suite.yaml"), Resource.text("suite/suite.yaml"));
  }

  @Test
  @DisplayName("a store moved to PostgreSQL, killed half way, is there whole and only there")
  void move_killedHalfWay_goesOnAndLosesNothing() throws IOException {
    Postgres postgres = Postgres.start();
    NewKey living;
    NewKey revoked;
    long seq;
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      assertThat(move(postgres.setting()).err()).contains("stop it first");
      String account = keyway.tenants().account("suite");
      living = keyway.tenants().key("suite", account);
      revoked = keyway.tenants().key("suite", account);
      seq = keyway.tenants().revoke(revoked.id()).at("revocation.seq").asLong();
    }
    SqliteFile.execute(data.resolve("keyway.db"), MANY_ROWS);

    Path settings = settings(postgres.setting());
    try (Program moving = Program.start(folder, Map.of(), command(settings))) {
      Eventually.holds("rows arrive", PATIENCE, () -> rows(postgres) > 10_000);
      moving.kill();
      assertThat(rows(postgres)).as("killed in the midst of it").isBetween(10_000L, ROWS - 1L);
    }
    assertThat(serve(settings).err()).contains("not all of it is there").contains("migrate-store");

    CommandRun rest = CommandRun.of(Map.of(), command(settings));
    assertThat(rest.status()).as(rest.err()).isZero();
    assertThat(rest.out()).contains("Moved to PostgreSQL: 2 keys (1 ended)");
    assertThat(rest.err())
        .containsPattern("copied +audit_event +([0-9]+) of \\1")
        .containsPattern("compared +audit_event +([0-9]+) of \\1");

    assertThat(serve(settings("")).err())
        .contains("was moved to jdbc:postgresql://127.0.0.1:" + postgres.port())
        .contains("keyway restore");
    try (ServedKeyway keyway = ServedKeyway.start(data, postgres.setting(), Map.of())) {
      assertThat(keyway.tenants().verifyCode(living.secret())).isEqualTo("valid");
      assertThat(keyway.tenants().verifyCode(revoked.secret())).isEqualTo("revoked");
      assertThat(keyway.operator().get("/v1/audit").expect(200).body()).contains("store.move");
      long next = keyway.tenants().revoke(living.id()).at("revocation.seq").asLong();
      assertThat(next).as("numbers go on").isEqualTo(seq + 1);
    }
  }

  @Test
  @DisplayName("a move without the right password, or without a server, changes nothing")
  void move_thatCannotBe_saysWhyAndLeavesTheStore() throws IOException {
    Postgres postgres = Postgres.start();
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      // Before, SIGTERM ends it as a crash would.
      Eventually.holds("started", PATIENCE, () -> keyway.output().contains("started"));
    }
    requirePassword(postgres);
    String asMover = postgres.setting(PASSWORD).replace("user: keyway", "user: mover");
    CommandRun refused = move(asMover.replace('"' + PASSWORD + '"', "\"${file:password}\""));
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("refuses this user or password").doesNotContain(PASSWORD);
    postgres.crash();
    assertThat(move(postgres.setting()).err()).contains("does not answer");

    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      keyway.operator().get("/v1/operator-keys").expect(200);
    }
  }

  /** Has the server ask one user for a password, and leave the others as they are. */
  private void requirePassword(Postgres postgres) throws IOException {
    Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    var _ = postgres.execute("CREATE ROLE mover LOGIN PASSWORD 'another'");
    String file = postgres.execute("SHOW hba_file");
    var _ =
        postgres.execute(
            """
            COPY (VALUES ('host all mover 127.0.0.1/32 scram-sha-256'),
              ('host all all 127.0.0.1/32 trust')) TO '%s'
            """
                .formatted(file));
    var _ = postgres.execute("SELECT pg_reload_conf()");
  }

  private static long rows(Postgres postgres) {
    String isThere = postgres.execute("SELECT to_regclass('audit_event') IS NOT NULL");
    return isThere.equals("t")
        ? Long.parseLong(postgres.execute("SELECT count(*) FROM audit_event"))
        : 0;
  }

  private CommandRun move(String setting) throws IOException {
    return CommandRun.of(Map.of(), command(settings(setting)));
  }

  private CommandRun serve(Path settings) {
    String[] call = {"serve", "--data", data.toString(), "--config", settings.toString()};
    return CommandRun.of(Map.of(), call);
  }

  private String[] command(Path settings) {
    return new String[] {
      "migrate-store", "--data", data.toString(), "--config", settings.toString()
    };
  }

  private Path settings(String store) throws IOException {
    return Files.writeString(folder.resolve("keyway.yaml"), store);
  }
}
