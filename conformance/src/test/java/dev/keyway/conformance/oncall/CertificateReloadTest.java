package dev.keyway.conformance.oncall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS on both listeners, and its certificate exchanged under the running program. */
final class CertificateReloadTest {
  private static final Duration RELOAD = Duration.ofSeconds(25);

  @TempDir private Path data;
  private Path certificateFile = Path.of("");
  private Path keyFile = Path.of("");
  private int controlPort;
  private int gatewayPort;

  @BeforeEach
  void writeSettings() throws IOException {
    certificateFile = data.resolve("tls.crt");
    keyFile = data.resolve("tls.key");
    controlPort = freePort();
    gatewayPort = freePort();
    Path profiles = Files.createDirectory(data.resolve("profiles"));
    Files.writeString(
        profiles.resolve("echo.yaml"),
        Resource.text("bench/echo.yaml").replace("http://upstream.invalid", "http://127.0.0.1:9"));
    Files.writeString(
        data.resolve("keyway.yaml"),
        """
        control: {listen: "127.0.0.1:%d", tls: {certificate: tls.crt, key: tls.key}}
        gateway: {listen: "127.0.0.1:%d", tls: {certificate: tls.crt, key: tls.key}}
        """
            .formatted(controlPort, gatewayPort));
  }

  private Program serve() {
    return Program.start(
        data, Map.of("BENCH_UPSTREAM_SECRET", "s"), "serve", "--data", data.toString());
  }

  @Test
  void certificate_isExchangedUnderOpenConnections_andABadPairIsNot() throws Exception {
    TestCertificate first = TestCertificate.create(data);
    TestCertificate second = TestCertificate.create(data);
    write(first, first);
    try (Program keyway = serve()) {
      keyway.await("start", () -> keyway.output().contains(" started "));
      try (SSLSocket control = first.connect(controlPort, null);
          SSLSocket gateway = first.connect(gatewayPort, "TLSv1.2")) {
        assertThat(headOf(control, "/health/live"))
            .startsWith("HTTP/1.1 200")
            .containsIgnoringCase("strict-transport-security: max-age=");
        assertThat(headOf(gateway, "/echo/t/x")).startsWith("HTTP/1.1 401");
        assertThatThrownBy(() -> first.connect(controlPort, "TLSv1.1"))
            .isInstanceOf(SSLException.class);

        write(second, first);
        keyway.await(
            "a refusal by each listener",
            () -> keyway.output().lines().filter(l -> l.contains("is not reloaded")).count() == 2);
        first.connect(controlPort, null).close();
        assertThat(metrics(first))
            .contains("keyway_tls_reload_failures_total{listener=\"control\"} 1.0")
            .contains("keyway_tls_reload_failing{listener=\"control\"} 1.0");

        write(second, second);
        Eventually.holds("the new certificate", RELOAD, () -> accepts(second));
        assertThat(metrics(second)).contains("keyway_tls_reload_failing{listener=\"control\"} 0.0");
        assertThat(headOf(control, "/health/live")).startsWith("HTTP/1.1 200");
        assertThat(headOf(gateway, "/echo/t/x")).startsWith("HTTP/1.1 401");
        assertThatThrownBy(() -> first.connect(gatewayPort, null)).isInstanceOf(SSLException.class);
        assertThat(keyway.output().lines().filter(line -> line.contains("is not reloaded")))
            .as("one line a listener")
            .hasSize(2)
            .allMatch(line -> line.contains("is not that of the certificate"));
      }
    }
  }

  @Test
  void start_withAKeyOfAnother_isRefusedInOneLine() throws Exception {
    write(TestCertificate.create(data), TestCertificate.create(data));
    assertThat(refused())
        .containsPattern("keyway: control.tls: the key in \\S+ is not that of the certificate in ");
  }

  @Test
  void start_withAnExpiredCertificate_isRefusedInOneLine() throws Exception {
    TestCertificate expired = TestCertificate.create(data, "-10d", 2);
    write(expired, expired);
    assertThat(refused())
        .containsPattern("keyway: control.tls: the certificate in \\S+ expired on ");
  }

  /** What a start that ends by itself has printed. */
  private String refused() {
    try (Program keyway = serve()) {
      assertThat(keyway.ends(Duration.ofSeconds(30))).isTrue();
      return keyway.output();
    }
  }

  private void write(TestCertificate certificate, TestCertificate key) throws Exception {
    certificate.writeCertificate(certificateFile);
    key.writeKey(keyFile);
  }

  private boolean accepts(TestCertificate certificate) {
    try {
      certificate.connect(controlPort, null).close();
      certificate.connect(gatewayPort, null).close();
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  private String metrics(TestCertificate certificate) throws Exception {
    try (SSLSocket socket = certificate.connect(controlPort, null)) {
      socket
          .getOutputStream()
          .write(
              "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  /** Asks on a connection that stays open, and reads the answer with a length to its end. */
  private static String headOf(SSLSocket socket, String path) throws IOException {
    String request = "GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(path);
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    var head = new StringBuilder();
    int length = 0;
    for (String line = reader.readLine();
        line != null && !line.isEmpty();
        line = reader.readLine()) {
      head.append(line).append('\n');
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      }
    }
    assertThat(reader.skip(length)).isEqualTo(length);
    return head.toString();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
