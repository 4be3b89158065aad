package dev.keyway.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.bench.load.RequestForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceServerTest {
  @Test
  void answers_theCapturedBytes(@TempDir Path folder) throws IOException {
    byte[] captured = RawAnswerTest.ANSWER.getBytes(StandardCharsets.ISO_8859_1);
    RawAnswer answer = RawAnswer.read(new ByteArrayInputStream(captured));
    int port = ServerProcess.freePort();

    try (var _ =
        new JavaServers(folder).startReference("reference", port, answer, Certificate.none())) {
      URI target = URI.create("http://127.0.0.1:" + port + "/any/path");

      assertThat(ask(target, "any-key", Certificate.none())).isEqualTo(captured);
      assertThat(ask(target, "other-key", Certificate.none())).isEqualTo(captured);
    }
  }

  @Test
  void answers_theCapturedBytesOverTls(@TempDir Path folder) throws IOException {
    byte[] captured = RawAnswerTest.ANSWER.getBytes(StandardCharsets.ISO_8859_1);
    RawAnswer answer = RawAnswer.read(new ByteArrayInputStream(captured));
    Certificate certificate = Certificate.make(folder);
    int port = ServerProcess.freePort();

    try (var _ = new JavaServers(folder).startReference("reference", port, answer, certificate)) {
      URI target = certificate.address(port, "/any/path");

      assertThat(target.getScheme()).isEqualTo("https");
      assertThat(ask(target, "any-key", certificate)).isEqualTo(captured);
    }
  }

  private static byte[] ask(URI target, String key, Certificate certificate) {
    return RawAnswer.to(target, RequestForm.bearer(), key, certificate).bytes();
  }
}
