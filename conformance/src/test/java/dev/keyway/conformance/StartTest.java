package dev.keyway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.ServedKeyway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program's commands do when they start: the contract's chapter "Program". */
@DisplayName("Contract: the program")
final class StartTest {

  @Test
  void demo_printsACurlLineThatWorksAsPasted_atEveryStart(@TempDir Path data) throws Exception {
    String first;
    String operatorKey;
    try (Program demo = startDemo(data)) {
      first = curlLine(demo.output());
      assertThat(run(first)).isEqualTo(0);
      operatorKey = demoJson(data).at("/operator_key").asText();
      assertThat(Files.getPosixFilePermissions(data.resolve("demo.json"))).hasSize(2);
    }
    Files.delete(data.resolve("keyway.log"));
    try (Program demo = startDemo(data)) {
      String second = curlLine(demo.output());
      assertThat(second).isNotEqualTo(first);
      assertThat(run(second)).isEqualTo(0);
      JsonNode json = demoJson(data);
      assertThat(json.at("/operator_key").asText()).isEqualTo(operatorKey);
      String previous = key(first);
      Api operator = Api.anonymous(URI.create(json.at("/control").asText())).bearer(operatorKey);
      assertThat(
              operator.post("/v1/keys/verify", Json.of("key", previous)).expect(200).text("code"))
          .isEqualTo("revoked");
    }
  }

  @Test
  void demo_seedsWhatTheContractPromises(@TempDir Path data) {
    try (Program demo = startDemo(data)) {
      assertThat(demo.output()).contains("http://");
      JsonNode products = demoJson(data).at("/products");
      assertThat(products.at("/memo/workspaces").valueStream().map(one -> one.at("/plan").asText()))
          .startsWith("pro", "free");
      assertThat(products.at("/memo/accounts/0/memberships/0/role").asText()).isEqualTo("owner");
      assertThat(products.at("/meko/accounts").size()).isGreaterThanOrEqualTo(2);
      assertThat(products.at("/meko/resources").size()).isGreaterThanOrEqualTo(4);
      assertThat(products.at("/memorylake/resources").size()).isGreaterThanOrEqualTo(2);
      assertThat(products.at("/mecha/accounts").size()).isGreaterThanOrEqualTo(1);
      List<String> passwords = demoJson(data).findValuesAsText("password");
      assertThat(passwords)
          .doesNotHaveDuplicates()
          .allSatisfy(one -> assertThat(one).hasSizeGreaterThan(11));
    }
  }

  @Test
  void init_writesACommentedProfile_thatServeAccepts(@TempDir Path folder) throws IOException {
    assertThat(Program.run(folder, "init", "acme")).isZero();
    List<Path> written;
    try (Stream<Path> files = Files.walk(folder)) {
      written = files.filter(file -> file.getFileName().toString().equals("acme.yaml")).toList();
    }
    assertThat(written).as("the profile below %s", folder).hasSize(1);
    String profile = Files.readString(written.getFirst());
    assertThat(profile).contains("product: acme").contains("#");
    try (ServedKeyway keyway = ServedKeyway.start(Map.of("acme.yaml", profile), Map.of())) {
      keyway.operator().post("/v1/accounts", keyway.tenants().person("acme")).expect(201);
    }
  }

  private static Program startDemo(Path data) {
    Program demo =
        Program.start(
            data,
            Map.of(),
            "demo",
            "--data",
            data.toString(),
            "--port",
            "0",
            "--gateway-port",
            "0");
    demo.await("a printed curl line", () -> demo.output().contains("curl "));
    demo.awaitControl(URI.create(demoJson(data).at("/control").asText()));
    return demo;
  }

  private static JsonNode demoJson(Path data) {
    try {
      return Json.read(Files.readString(data.resolve("demo.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String curlLine(String output) {
    return output
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("curl "))
        .findFirst()
        .orElseThrow();
  }

  private static String key(String curl) {
    return Stream.of(curl.split("[\\s\"'=]+", -1))
        .filter(word -> word.matches("[a-z_]+[0-9A-Za-z]{61}"))
        .findFirst()
        .orElseThrow();
  }

  /** Pastes the line into a shell; 0 when curl got an answer below 400. */
  private static int run(String line) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("bash", "-c", line.replaceFirst("^curl ", "curl --fail "))
            .redirectErrorStream(true)
            .start();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(30, TimeUnit.SECONDS)).as(printed).isTrue();
    return shell.exitValue();
  }
}
