package dev.keyway.conformance.operations;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.CommandRun;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of docs/guides/backup-and-restore.md, with a server that is busy meanwhile. */
final class RestoreDrillTest {
  private static final String PEPPER_TEXT = "cGVwcGVy".repeat(6);
  private static final Map<String, String> PEPPER = Map.of("PEPPER", PEPPER_TEXT);
  private static final String CONFIG = "peppers: {1: \"${env:PEPPER}\"}\n";
  private static final long SKIPPED = 1_000_000;

  @TempDir Path folder;

  /**
   * What was made before the backup.
   *
   * @param lastChange the number of the last change of rights then
   */
  private record Seed(
      String operatorKey, NewKey kept, NewKey revokedAfter, NewKey revokedBefore, long lastChange) {
    static Seed sow(ServedKeyway keyway) throws IOException {
      String account = keyway.tenants().account("suite");
      NewKey revokedBefore = keyway.tenants().key("suite", account);
      Answer revoked = keyway.tenants().revoke(revokedBefore.id());
      return new Seed(
          Files.readString(keyway.data().resolve("operator-key")).strip(),
          keyway.tenants().key("suite", account),
          keyway.tenants().key("suite", account),
          revokedBefore,
          revoked.at("revocation.seq").asLong());
    }

    @Override
    public String toString() {
      return "Seed[" + kept.id() + "]";
    }
  }

  @Test
  @DisplayName("a backup of a busy server, restored elsewhere, says what it cannot know")
  void drill() throws IOException {
    Path backup = folder.resolve("keyway-backup.db");
    Path data = profiles(folder.resolve("data"));
    Seed seed;
    NewKey madeAfter;
    try (ServedKeyway keyway = ServedKeyway.start(data, CONFIG, PEPPER)) {
      seed = Seed.sow(keyway);
      backUpUnderLoad(keyway, backup, seed.lastChange());
      keyway.tenants().revoke(seed.revokedAfter().id());
      madeAfter = keyway.tenants().key("suite", keyway.tenants().account("suite"));
    }
    assertHoldsNoSecretOfTheInstallation(backup, seed);

    Path elsewhere = folder.resolve("elsewhere");
    CommandRun restored = keyway("restore", backup.toString(), "--data", elsewhere.toString());
    assertThat(restored.status()).as(restored.err()).isZero();
    long known = knownUpTo(restored.out());
    assertThat(known).isEqualTo(seed.lastChange());
    assertThat(restored.out())
        .contains("knows nothing that was done after")
        .contains("revocation.seq greater than " + known)
        .containsPattern("numbered from [0-9]{13} on");
    try (ServedKeyway keyway = ServedKeyway.start(profiles(elsewhere), CONFIG, PEPPER)) {
      assertIsSetBack(keyway.anonymous().bearer(seed.operatorKey()), seed, madeAfter);
    }
    CommandRun again = keyway("restore", backup.toString(), "--data", elsewhere.toString());
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("empty folder");
  }

  /** Keys are made without a pause while the copy is taken; none of those calls may fail. */
  private static void backUpUnderLoad(ServedKeyway keyway, Path backup, long lastChange)
      throws IOException {
    var isDone = new AtomicBoolean();
    String account = keyway.tenants().account("suite");
    var load =
        CompletableFuture.supplyAsync(() -> {
          int made = 0;
          while (!isDone.get()) {
            keyway.tenants().key("suite", account);
            made++;
          }
          return made;
        });
    CommandRun run;
    try {
      run = keyway("backup", backup.toString(), "--data", keyway.data().toString());
    } finally {
      isDone.set(true);
    }
    assertThat(load.join()).as("keys made meanwhile").isPositive();
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("Not in it").contains("up to number " + lastChange);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
        .isEqualTo("rw-------");
    CommandRun second = keyway("backup", backup.toString(), "--data", keyway.data().toString());
    assertThat(second.status()).isEqualTo(1);
    assertThat(second.err()).contains("exists already");
  }

  private static void assertHoldsNoSecretOfTheInstallation(Path backup, Seed seed)
      throws IOException {
    String bytes = Files.readString(backup, ISO_8859_1);
    for (String secret :
        List.of(seed.operatorKey(), seed.kept().secret(), PEPPER_TEXT, "pepperpepper")) {
      assertThat(bytes.contains(secret)).isFalse();
    }
  }

  private static void assertIsSetBack(Api operator, Seed seed, NewKey madeAfter) {
    assertThat(code(operator, seed.kept())).isEqualTo("valid");
    assertThat(code(operator, seed.revokedBefore())).isEqualTo("revoked");
    assertThat(code(operator, seed.revokedAfter())).as("as the restore said").isEqualTo("valid");
    assertThat(code(operator, madeAfter)).isEqualTo("not_found");
    Answer repeated =
        operator.post("/v1/keys/" + seed.revokedAfter().id() + "/revoke", Json.of()).expect(200);
    assertThat(repeated.at("revocation.seq").asLong()).isGreaterThan(seed.lastChange() + SKIPPED);
    assertThat(code(operator, seed.revokedAfter())).isEqualTo("revoked");
    assertThat(operator.get("/v1/audit").expect(200).body()).contains("store.restore");
  }

  private static String code(Api operator, NewKey key) {
    return operator
        .post("/v1/keys/verify", Json.of("key", key.secret(), "count", false))
        .expect(200)
        .text("code");
  }

  private static long knownUpTo(String output) {
    String line =
        output.lines().filter(one -> one.contains("up to number ")).findFirst().orElseThrow();
    return Long.parseLong(line.replaceFirst(".*up to number ([0-9]+).*", "$1"));
  }

  private static CommandRun keyway(String... arguments) {
    return CommandRun.of(Map.of(), arguments);
  }

  private static Path profiles(Path data) throws IOException {
    Files.createDirectories(data.resolve("profiles"));
    Files.writeString(data.resolve("profiles/suite.yaml"), Resource.text("suite/suite.yaml"));
    return data;
  }
}
