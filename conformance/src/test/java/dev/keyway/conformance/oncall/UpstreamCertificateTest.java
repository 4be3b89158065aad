package dev.keyway.conformance.oncall;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.ServedKeyway.Settings;
import dev.keyway.conformance.harness.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An https upstream gets no request before it has shown a certificate that counts. */
final class UpstreamCertificateTest {
  @TempDir private Path data;
  private TestCertificate certificate;
  private SSLServerSocket upstream;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  @BeforeEach
  void listen() throws Exception {
    certificate = TestCertificate.create(data);
    upstream = certificate.listen();
    Thread.ofVirtual().start(this::serve);
    int port = upstream.getLocalPort();
    Path profiles = Files.createDirectory(data.resolve("profiles"));
    Files.writeString(
        profiles.resolve("echo.yaml"),
        Resource.text("bench/echo.yaml")
            .replace("http://upstream.invalid", "https://127.0.0.1:" + port)
            .replace("http://127.0.0.1:1", "https://localhost:" + port));
  }

  @AfterEach
  void close() throws IOException {
    upstream.close();
  }

  @Test
  void withoutItsAuthority_isUnavailable() {
    try (ServedKeyway keyway = serve("")) {
      assertUnavailable(ask(keyway, "/echo/t/x"));
    }
  }

  @Test
  void withAnotherAuthority_isUnavailable() throws Exception {
    TestCertificate.create(data).writeCertificate(data.resolve("ca.pem"));
    try (ServedKeyway keyway = serve(", upstream-ca: ca.pem")) {
      assertUnavailable(ask(keyway, "/echo/t/x"));
    }
  }

  @Test
  void withItsAuthority_isReachedUnderItsOwnNameAlone() throws Exception {
    certificate.writeCertificate(data.resolve("ca.pem"));
    try (ServedKeyway keyway = serve(", upstream-ca: ca.pem")) {
      assertUnavailable(ask(keyway, "/echo/dead"));
      assertThat(ask(keyway, "/echo/t/x").expect(200).body()).isEqualTo("ok");
      assertThat(requests).hasValue(1);
    }
  }

  private ServedKeyway serve(String gateway) {
    return ServedKeyway.start(
        data, new Settings("", gateway, ""), Map.of("BENCH_UPSTREAM_SECRET", "s"));
  }

  private static Answer ask(ServedKeyway keyway, String target) {
    Tenants tenants = keyway.tenants();
    NewKey key = tenants.key("echo", tenants.account("echo"));
    return keyway.door().getAs(key, target);
  }

  /** It was tried, and told nothing. */
  private void assertUnavailable(Answer answer) {
    answer.problem(502, "upstream_unavailable");
    assertThat(connections).hasPositiveValue();
    assertThat(requests).hasValue(0);
  }

  private void serve() {
    while (!upstream.isClosed()) {
      try (var socket = upstream.accept()) {
        connections.incrementAndGet();
        if (socket.getInputStream().read() >= 0) {
          requests.incrementAndGet();
          byte[] answer =
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
                  .getBytes(US_ASCII);
          socket.getOutputStream().write(answer);
        }
      } catch (IOException e) {
        // The gateway did not like the certificate, or the test is over.
      }
    }
  }
}
