package dev.keyway.conformance.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.ServedKeyway.Settings;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireMessage;
import dev.keyway.conformance.harness.WireUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A product with a host name of its own on the gateway. */
@DisplayName("Contract: host names of products")
final class OwnHostContractTest {
  @TempDir static Path data;
  private static final WireUpstream UPSTREAM = WireUpstream.start();
  private static ServedKeyway keyway;
  private static NewKey key;
  private static NewKey other;

  @BeforeAll
  static void start() throws IOException {
    Path profiles = Files.createDirectories(data.resolve("profiles"));
    for (String profile : List.of("bench/echo.yaml", "bench/many.yaml")) {
      Files.writeString(
          profiles.resolve(Path.of(profile).getFileName()),
          Resource.text(profile).replace("http://upstream.invalid", UPSTREAM.address().toString()));
    }
    UPSTREAM.otherwise((_, wire) -> wire.respond(200, "text/plain", "ok"));
    keyway =
        ServedKeyway.start(
            data,
            new Settings("", ", hosts: {echo: echo.example}", ""),
            Map.of("BENCH_UPSTREAM_SECRET", "s"));
    Tenants tenants = keyway.tenants();
    key = tenants.key("echo", tenants.account("echo"));
    other = tenants.key("many", tenants.account("many"));
  }

  @AfterAll
  static void stop() {
    keyway.close();
    UPSTREAM.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo.example", "ECHO.Example", "echo.example:443", "Echo.EXAMPLE:7701"})
  void ownHost_needsNoProductInThePath(String host) {
    assertThat(ask(host, "/t/own", key).status()).isEqualTo(200);
    assertThat(UPSTREAM.next("/t/own").target()).isEqualTo("/t/own");
  }

  @Test
  void ownHost_isThatProductsAlone() {
    assertProblem(401, "invalid_key", ask("echo.example", "/t/foreign", other));
    assertProblem(404, "not_found", ask("echo.example", "/many/t/foreign", other));
    assertProblem(404, "not_found", ask("echo.example", "/echo/t/foreign", key));
    assertThat(UPSTREAM.waiting("/t/foreign")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "other.example",
        "echo.example.evil.example",
        "xecho.example",
        "echo.example:x",
        "echo.example@evil.example"
      })
  void unknownHost_namesNoProduct(String host) {
    assertProblem(404, "not_found", ask(host, "/t/unknown", key));
    assertThat(UPSTREAM.waiting("/t/unknown")).isZero();
    assertThat(ask(host, "/echo/t/by-path", key).status()).isEqualTo(200);
  }

  private static WireMessage ask(String host, String target, NewKey with) {
    try (RawConnection connection = RawConnection.to(keyway.gateway())) {
      String head = "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\n\r\n";
      connection.write(head.formatted(target, host, with.bearer()).getBytes(ISO_8859_1));
      return connection.answer();
    }
  }

  private static void assertProblem(int status, String code, WireMessage answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }
}
