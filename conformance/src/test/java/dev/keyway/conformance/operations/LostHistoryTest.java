package dev.keyway.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.CommandRun;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that was set back gives nothing back that was taken since. */
final class LostHistoryTest {
  @TempDir Path folder;

  @Test
  @DisplayName("ALL-3 a restored backup gives nothing back that was taken since it was made")
  void restore_withTheJournal_takesAgainWhatWasTakenSince() throws IOException {
    Path data = profiles(folder.resolve("data"));
    Path other = folder.resolve("other");
    String more = "tombstones: {folders: [\"%s\"]}%n".formatted(other);
    Path backup = folder.resolve("backup.db");
    Taken taken;
    NewKey kept;
    String operatorKey;
    try (ServedKeyway keyway = ServedKeyway.start(data, more, Map.of())) {
      taken = Taken.prepare(keyway);
      kept = key(keyway);
      assertThat(run("backup", backup, data).status()).isZero();
      taken.take(keyway);
      operatorKey = keyway.operatorKey();
    }
    Path elsewhere = folder.resolve("elsewhere");
    copy(data.resolve("tombstones"), elsewhere.resolve("tombstones"));
    tear(elsewhere.resolve("tombstones"));
    CommandRun restored = run("restore", backup, elsewhere);
    assertThat(restored.status()).as(restored.err()).isZero();
    assertThat(restored.out()).contains("tombstones");
    Files.writeString(elsewhere.resolve("operator-key"), operatorKey);

    try (ServedKeyway keyway = ServedKeyway.start(profiles(elsewhere), "", Map.of())) {
      taken.assertIsTaken(keyway);
      assertThat(keyway.tenants().verifyCode(kept.secret())).isEqualTo("valid");
      assertThat(keyway.operator().get("/v1/audit").expect(200).body())
          .contains("history.replayed");
      assertThat(keyway.output()).contains("taken_again=").contains("torn or damaged");
      keyway.tenants().revoke(kept.id());
    }
    // What was taken again is history like any other: nothing is left for the next start.
    try (ServedKeyway keyway = ServedKeyway.start(elsewhere, "", Map.of())) {
      assertThat(keyway.output()).as("of both starts").containsOnlyOnce("taken_again=");
      taken.assertIsTaken(keyway);
      assertThat(keyway.tenants().verifyCode(kept.secret())).isEqualTo("revoked");
    }
  }

  @Test
  void restore_whereOnlyTheSecondFolderIsLeft_takesAgainToo() throws IOException {
    Path data = profiles(folder.resolve("data"));
    String more = "tombstones: {folders: [\"%s\"]}%n".formatted(folder.resolve("other"));
    Path backup = folder.resolve("backup.db");
    NewKey revoked;
    String operatorKey;
    try (ServedKeyway keyway = ServedKeyway.start(data, more, Map.of())) {
      revoked = key(keyway);
      assertThat(run("backup", backup, data).status()).isZero();
      keyway.tenants().revoke(revoked.id());
      operatorKey = keyway.operatorKey();
    }
    Path elsewhere = folder.resolve("elsewhere");
    assertThat(run("restore", backup, elsewhere).status()).isZero();
    Files.writeString(elsewhere.resolve("operator-key"), operatorKey);

    try (ServedKeyway keyway = ServedKeyway.start(profiles(elsewhere), more, Map.of())) {
      assertThat(keyway.tenants().verifyCode(revoked.secret())).isEqualTo("revoked");
    }
  }

  @Test
  void start_withAFolderThatCannotBeWritten_isRefused() throws IOException {
    Path data = profiles(folder.resolve("data"));
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Files.writeString(
        data.resolve("keyway.yaml"), "tombstones: {folders: [\"%s\"]}%n".formatted(file));

    try (Program program =
        Program.start(data, Map.of(), "serve", "--port", "0", "--data", data.toString())) {
      assertThat(program.ends(Duration.ofSeconds(60))).isTrue();
      assertThat(program.exitStatus()).isEqualTo(1);
      assertThat(program.output()).contains(file + " cannot be written");
    }
  }

  /** What a test takes: one of each kind. */
  private record Taken(
      NewKey revoked,
      NewKey expired,
      NewKey suspended,
      NewKey deleted,
      NewKey left,
      NewKey without,
      Tenants.Workspace crew,
      Tenants.Workspace gone,
      String suspendedAccount,
      String deletedAccount,
      String member) {

    static Taken prepare(ServedKeyway keyway) {
      Tenants tenants = keyway.tenants();
      String suspendedAccount = tenants.account("suite");
      String deletedAccount = tenants.account("suite");
      var crew = tenants.workspace("crew", "pro");
      var gone = tenants.workspace("crew", "pro");
      String member = tenants.member("crew", crew);
      return new Taken(
          key(keyway),
          key(keyway),
          tenants.key("suite", suspendedAccount),
          tenants.key("suite", deletedAccount),
          inCrew(tenants, crew, member),
          inCrew(tenants, gone, gone.owner()),
          crew,
          gone,
          suspendedAccount,
          deletedAccount,
          member);
    }

    private static NewKey inCrew(Tenants tenants, Tenants.Workspace crew, String member) {
      return tenants.create(Json.of("product", "crew", "account", member, "workspace", crew.id()));
    }

    void take(ServedKeyway keyway) {
      var operator = keyway.operator();
      Tenants tenants = keyway.tenants();
      tenants.revoke(revoked.id());
      JsonNode soon = Json.of("expires_at", Instant.now().plusMillis(1_500).toString());
      operator.patch("/v1/keys/" + expired.id(), soon).expect(200);
      operator
          .patch("/v1/accounts/" + suspendedAccount, Json.of("status", "suspended"))
          .expect(200);
      for (Answer answer :
          List.of(
              operator.delete("/v1/accounts/" + deletedAccount),
              tenants.remove(crew, member),
              operator.delete("/v1/workspaces/" + gone.id()))) {
        assertThat(answer.status()).as(answer.call()).isBetween(200, 204);
      }
      tenants.plan(crew, "free").expect(200);
    }

    void assertIsTaken(ServedKeyway keyway) {
      Tenants tenants = keyway.tenants();
      assertThat(tenants.verifyCode(revoked.secret())).isEqualTo("revoked");
      for (NewKey key : List.of(expired, suspended, deleted, left, without)) {
        assertThat(tenants.verifyCode(key.secret())).as(key.id()).isNotEqualTo("valid");
      }
      var operator = keyway.operator();
      assertThat(operator.get("/v1/accounts/" + suspendedAccount).expect(200).text("status"))
          .isEqualTo("suspended");
      assertThat(operator.get("/v1/workspaces/" + gone.id()).status()).isEqualTo(404);
      assertThat(operator.get("/v1/workspaces/" + crew.id()).expect(200).text("plan"))
          .isEqualTo("free");
      assertThat(operator.get("/v1/workspaces/" + crew.id() + "/members").expect(200).body())
          .doesNotContain(member);
    }
  }

  private static NewKey key(ServedKeyway keyway) {
    return keyway.tenants().key("suite", keyway.tenants().account("suite"));
  }

  /** What a crash leaves of a line that was being written. */
  private static void tear(Path tombstones) throws IOException {
    try (Stream<Path> files = Files.list(tombstones)) {
      Path last = files.sorted().toList().getLast();
      Files.writeString(last, "1 99 17 key_revoked/key_", StandardOpenOption.APPEND);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    List<Path> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(from)) {
      entries.forEach(files::add);
    }
    for (Path file : files) {
      Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static CommandRun run(String command, Path backup, Path data) {
    return CommandRun.of(Map.of(), command, backup.toString(), "--data", data.toString());
  }

  private static Path profiles(Path data) throws IOException {
    Files.createDirectories(data.resolve("profiles"));
    for (String name : List.of("suite/suite.yaml", "cluster/crew.yaml")) {
      Path file = data.resolve("profiles").resolve(Path.of(name).getFileName());
      Files.writeString(file, Resource.text(name));
    }
    return data;
  }
}
