package dev.keyway.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.CommandRun;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code keyway operator-key}: the way back for who has lost the last operator key. */
final class OperatorKeyCommandTest {
  @TempDir Path data;

  @Test
  void lostLastKey_isReplacedWhileTheServerIsStopped() throws IOException {
    Files.createDirectory(data.resolve("profiles"));
    Files.writeString(data.resolve("profiles/suite.yaml"), Resource.text("suite/suite.yaml"));
    assertThat(operatorKey("list").err()).contains("no store").doesNotContain("bug");
    assertThat(data).isDirectoryNotContaining("glob:**/keyway.*");
    String lost;
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      lost = Files.readString(data.resolve("operator-key")).strip();
      CommandRun refused = operatorKey("create", "rescue");
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err().lines()).hasSize(1);
      assertThat(refused.err()).contains("stop it first").contains("/v1/operator-keys");
      keyway.operator().get("/v1/operator-keys").expect(200);
    }
    CommandRun created = operatorKey("create", "rescue", "--rights", "read,manage");
    assertThat(created.status()).as(created.err()).isZero();
    assertThat(created.out()).as("the key and nothing else").matches("kwo_[0-9A-Za-z]{61}\\R");
    assertThat(created.err()).doesNotContain(created.out().strip());
    assertThat(operatorKey("create", "typo", "--products", "suit").err())
        .contains("did you mean 'suite'?");
    assertThat(operatorKey("revoke", idOf(lost)).status()).isZero();
    assertThat(operatorKey("revoke", "opk_000000000000").err()).contains("no operator key");
    assertThat(operatorKey("list").out())
        .contains("rescue  read,manage  all products")
        .containsPattern(idOf(lost) + ".* revoked ");
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      keyway.anonymous().bearer(lost).get("/v1/operator-keys").problem(401, "unauthenticated");
      String trail =
          keyway
              .anonymous()
              .bearer(created.out().strip())
              .get("/v1/audit?action=operator_key.revoke")
              .expect(200)
              .body();
      assertThat(trail).contains(idOf(lost)).contains("\"system\"");
    }
  }

  private CommandRun operatorKey(String... arguments) {
    String[] call = new String[arguments.length + 3];
    call[0] = "operator-key";
    System.arraycopy(arguments, 0, call, 1, arguments.length);
    call[arguments.length + 1] = "--data";
    call[arguments.length + 2] = data.toString();
    return CommandRun.of(Map.of(), call);
  }

  private static String idOf(String key) {
    return "opk_" + key.substring("kwo_".length(), "kwo_".length() + 12);
  }
}
