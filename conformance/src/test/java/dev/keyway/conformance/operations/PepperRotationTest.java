package dev.keyway.conformance.operations;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.CommandRun;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of docs/guides/pepper-rotation.md, from no pepper to the second one. */
final class PepperRotationTest {
  private static final String NONE = "";
  private static final String FIRST = "peppers: {1: \"${env:PEPPER_1}\"}\n";
  private static final String BOTH = "peppers: {1: \"${env:PEPPER_1}\", 2: \"${env:PEPPER_2}\"}\n";
  private static final String SECOND = "peppers: {2: \"${env:PEPPER_2}\"}\n";
  private static final String ANOTHER_SECOND = "peppers: {2: \"${env:PEPPER_1}\"}\n";
  private static final Map<String, String> SECRETS =
      Map.of("PEPPER_1", pepper("one"), "PEPPER_2", pepper("two"));

  @TempDir Path data;

  @Test
  @DisplayName("MEMO-2 peppers rotate on a live store; no start without one that a key needs")
  void drill() throws IOException {
    Files.createDirectory(data.resolve("profiles"));
    Files.writeString(data.resolve("profiles/suite.yaml"), Resource.text("suite/suite.yaml"));
    NewKey used;
    NewKey idle;
    try (ServedKeyway keyway = ServedKeyway.start(data, NONE, SECRETS)) {
      String account = keyway.tenants().account("suite");
      used = keyway.tenants().key("suite", account);
      idle = keyway.tenants().key("suite", account);
    }
    try (ServedKeyway keyway = ServedKeyway.start(data, FIRST, SECRETS)) {
      assertThat(keyway.tenants().verifyCode(used.secret())).isEqualTo("valid");
      assertThat(keyway.tenants().verifyCode(idle.secret())).isEqualTo("valid");
      awaitCount(keyway, "product", 1, 2);
      awaitCount(keyway, "operator", 1, 1);
    }
    try (ServedKeyway keyway = ServedKeyway.start(data, BOTH, SECRETS)) {
      assertThat(keyway.tenants().verifyCode(used.secret())).isEqualTo("valid");
      awaitCount(keyway, "product", 2, 1);
      awaitCount(keyway, "product", 1, 1);
      awaitCount(keyway, "operator", 2, 1);
      assertThat(keyway.tenants().verifyCode(used.secret())).as("renewed").isEqualTo("valid");
    }
    assertThat(refusal(SECOND)).contains("1 key needs pepper 1").contains("peppers");
    assertThat(refusal(NONE))
        .contains("1 key needs pepper 1, and 1 key and 1 operator key need pepper 2");
    try (ServedKeyway keyway = ServedKeyway.start(data, BOTH, SECRETS)) {
      keyway.tenants().revoke(idle.id());
    }
    try (ServedKeyway keyway = ServedKeyway.start(data, SECOND, SECRETS)) {
      assertThat(keyway.tenants().verifyCode(used.secret())).isEqualTo("valid");
      keyway.door().initialize("/suite/legacy?apikey=" + idle.secret()).problem(401, "invalid_key");
    }
    assertThat(refusal(ANOTHER_SECOND)).contains("need pepper 2").contains("another secret");
  }

  /** The one line with which the server refuses to start. */
  private String refusal(String peppers) throws IOException {
    Path config = data.resolve("refused.yaml");
    Files.writeString(config, peppers.isEmpty() ? "insecure-http: false\n" : peppers);
    CommandRun run =
        CommandRun.of(
            SECRETS,
            "serve",
            "--data",
            data.toString(),
            "--config",
            config.toString(),
            "--port",
            "0",
            "--gateway-port",
            "0");
    assertThat(run.status()).as(run.out()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    return run.err();
  }

  private static void awaitCount(ServedKeyway keyway, String kind, int version, int count) {
    String row =
        "keyway_keys_by_pepper{kind=\"%s\",version=\"%d\"} %d".formatted(kind, version, count);
    Eventually.holds(row, Duration.ofSeconds(40), () -> metric(keyway, row).isPresent());
  }

  private static Optional<String> metric(ServedKeyway keyway, String start) {
    String body = keyway.anonymous().get("/metrics").expect(200).body();
    return body.lines().filter(line -> line.startsWith(start)).findFirst();
  }

  private static String pepper(String name) {
    return Base64.getEncoder().encodeToString((name + " ").repeat(12).getBytes(US_ASCII));
  }
}
