package dev.keyway.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.CommandRun;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A product's customer with a key and a terminal. */
@DisplayName("Command line: a key holder")
final class KeyHolderTest {
  @TempDir Path home;

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Tenants tenants = keyway.tenants();

  @Test
  @DisplayName("MECHA-6 login with Key ID and Key Secret; then machines are managed by REST")
  void login_withIdAndSecret_managesMachines() throws IOException {
    NewKey key = tenants.key("mecha", tenants.account("mecha"));
    var line = new CommandLine(home);
    CommandRun login =
        line.fed(key.id() + "\n" + key.secret() + "\n", "login", "--server", server());
    assertThat(login.status()).as(login.err()).isZero();
    assertThat(login.err()).contains(key.id()).contains("unencrypted").doesNotContain(key.secret());
    assertThat(login.out()).isEmpty();
    assertIsForItsOwnerAlone(home.resolve("config/keyway/credentials.json"));
    assertThat(home.resolve("config/keyway/config.toml"))
        .content()
        .contains(server())
        .doesNotContain(key.secret());

    CommandRun whoami = line.run("whoami");
    assertThat(whoami.out()).startsWith(key.id()).contains("of mecha").hasLineCount(1);

    CommandRun made = line.run("api", "POST", "/v1/machines", "--field", "name=from-the-terminal");
    assertThat(made.status()).as(made.err()).isZero();
    String machine = Json.read(made.out()).path("id").asText();
    CommandRun list = line.run("api", "GET", "/v1/machines");
    assertThat(list.out()).contains(machine).contains("from-the-terminal");
    assertThat(line.run("api", "DELETE", "/v1/machines/" + machine).status()).isZero();
    CommandRun gone = line.run("api", "GET", "/v1/machines/" + machine);
    assertThat(gone.status()).as("not found").isEqualTo(3);
  }

  @Test
  @DisplayName("MECHA-6 a Key ID that belongs to another secret is refused before anything is kept")
  void login_withAnotherId_keepsNothing() {
    NewKey key = tenants.key("mecha", tenants.account("mecha"));
    CommandRun login =
        new CommandLine(home)
            .fed("key_000000000000:" + key.secret(), "login", "--server", server());
    assertThat(login.status()).isEqualTo(4);
    assertThat(login.err()).contains("does not belong").doesNotContain(key.secret());
    assertThat(home.resolve("config")).doesNotExist();
  }

  @Test
  @DisplayName(
      "MECHA-6 MECHA-4 keys are made, listed, renamed and revoked; the secret is alone on standard output")
  void keys_areManagedByAKey() throws IOException {
    NewKey key = tenants.key("mecha", tenants.account("mecha"));
    CommandLine line = loggedIn(key);

    CommandRun created = line.run("keys", "create", "ci", "--expires-in", "7d");
    assertThat(created.status()).as(created.err()).isZero();
    String secret = created.out().strip();
    assertThat(secret).matches(KeyForm.pattern("mch_"));
    assertThat(created.err()).doesNotContain(secret);
    String id = "key_" + KeyForm.id(secret, "mch_");
    assertThat(tenants.verifyCode(secret)).isEqualTo("valid");

    assertThat(line.run("keys", "list").out()).contains(id).contains(key.id()).contains("ci");
    assertThat(line.run("keys", "list", "--quiet").out().lines()).contains(id, key.id());
    CommandRun renamed = line.run("keys", "update", id, "--name", "nightly");
    assertThat(renamed.status()).as(renamed.err()).isZero();
    JsonNode shown = Json.read(line.run("keys", "get", id, "--json").out());
    assertThat(shown.path("name").asText()).isEqualTo("nightly");

    CommandRun unsure = line.run("keys", "revoke", id);
    assertThat(unsure.status()).as("nobody to ask").isEqualTo(2);
    assertThat(unsure.err()).contains("--yes");
    assertThat(tenants.verifyCode(secret)).isEqualTo("valid");
    CommandRun revoked = line.run("keys", "revoke", id, "--yes", "--reason", "done");
    assertThat(revoked.status()).as(revoked.err()).isZero();
    assertThat(revoked.err()).contains("1 of 1");
    assertThat(tenants.verifyCode(secret)).isEqualTo("revoked");
  }

  @Test
  @DisplayName("ALL-1 a new key goes into a new file for its owner alone, or is not made")
  void create_intoAFile_overwritesNothing() throws IOException {
    NewKey key = tenants.key("mecha", tenants.account("mecha"));
    CommandLine line = loggedIn(key);
    Path file = home.resolve("key.txt");

    CommandRun created =
        line.run("keys", "create", "file", "--expires-in", "7d", "--out", file.toString());
    assertThat(created.status()).as(created.err()).isZero();
    assertThat(created.out()).isEmpty();
    assertIsForItsOwnerAlone(file);
    String secret = Files.readString(file).strip();
    assertThat(tenants.verifyCode(secret)).isEqualTo("valid");

    CommandRun again =
        line.run("keys", "create", "file", "--expires-in", "7d", "--out", file.toString());
    assertThat(again.status()).isEqualTo(2);
    assertThat(file).content().contains(secret);
    assertThat(line.run("keys", "list", "--quiet").out()).hasLineCount(2);
    CommandRun refused =
        line.run("keys", "create", "1", "--expires-in", "7d", "--out", file + ".none");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("invalid_name");
    assertThat(Path.of(file + ".none")).doesNotExist();
  }

  @Test
  @DisplayName("Exit codes tell scripts what happened")
  void exitCodes_areThoseOfTheList() throws IOException {
    NewKey memo = tenants.key("meko", tenants.account("meko"));
    var nobody = new CommandLine(home.resolve("nobody"));
    assertThat(nobody.run("whoami").status()).as("no server").isEqualTo(4);
    assertThat(nobody.run("keys", "lst").status()).as("usage").isEqualTo(2);
    assertThat(nobody.run("keys", "lst").err()).contains("did you mean 'list'?");
    assertThat(nobody.run("exit-codes").out()).contains("130");

    CommandLine line = loggedIn(memo);
    assertThat(line.run("keys", "list").status()).as("not this product's").isEqualTo(5);
    assertThat(line.run("whoami", "--json").out()).contains(memo.id());
    tenants.revoke(memo.id());
    CommandRun over = line.run("whoami");
    assertThat(over.status()).as("revoked").isEqualTo(4);
    assertThat(over.err()).startsWith("keyway: ").hasLineCount(1).doesNotContain(memo.secret());

    CommandRun elsewhere =
        new CommandLine(home.resolve("far"))
            .with("KEYWAY_API_KEY", memo.secret())
            .run("whoami", "--server", "http://127.0.0.1:9");
    assertThat(elsewhere.status()).as("nobody there").isEqualTo(7);
    assertThat(elsewhere.err()).contains("127.0.0.1:9").doesNotContain(memo.secret());
  }

  @Test
  @DisplayName(
      "ALL-1 a kept key goes to its own server and to no other; a whole key is no argument")
  void keptKey_goesNowhereElse() throws IOException {
    NewKey key = tenants.key("mecha", tenants.account("mecha"));
    CommandLine line = loggedIn(key);

    CommandRun elsewhere = line.run("whoami", "--server", "http://127.0.0.1:9");
    assertThat(elsewhere.status()).isEqualTo(4);
    assertThat(elsewhere.err()).contains("is for " + server());
    CommandRun argument = line.run("keys", "get", key.secret());
    assertThat(argument.status()).isEqualTo(2);
    assertThat(argument.err()).contains(key.id()).doesNotContain(key.secret());

    assertThat(line.run("logout").status()).isZero();
    assertThat(line.run("whoami").status()).isEqualTo(4);
    assertThat(home.resolve("config/keyway/credentials.json"))
        .content()
        .doesNotContain(key.secret());
    assertThat(tenants.verifyCode(key.secret())).isEqualTo("valid");
  }

  @Test
  @DisplayName("An operator asks about a key that is piped in")
  void verify_answersByExitCode() {
    NewKey key = tenants.key("mecha", tenants.account("mecha"));
    CommandLine operator =
        new CommandLine(home)
            .with("KEYWAY_API_KEY", keyway.operatorKey())
            .with("KEYWAY_SERVER", server());
    CommandRun valid = operator.fed(key.secret() + "\n", "verify");
    assertThat(valid.out()).isEqualTo("valid\n");
    assertThat(valid.status()).isZero();
    tenants.revoke(key.id());
    CommandRun revoked = operator.fed(key.secret(), "verify", "--quiet");
    assertThat(revoked.out()).isEqualTo("revoked\n");
    assertThat(revoked.status()).isEqualTo(8);
  }

  private CommandLine loggedIn(NewKey key) throws IOException {
    Files.createDirectories(home);
    var line = new CommandLine(home);
    CommandRun login = line.fed(key.secret(), "login", "--server", server());
    assertThat(login.status()).as(login.err()).isZero();
    try (Stream<Path> files = Files.walk(home.resolve("config"))) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(2);
    }
    return line;
  }

  private String server() {
    return keyway.control().toString();
  }

  private static void assertIsForItsOwnerAlone(Path file) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
