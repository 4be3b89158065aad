package dev.keyway.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

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

    try (var _ = new JavaServers(folder).startReference("reference", port, answer)) {
      URI target = URI.create("http://127.0.0.1:" + port + "/any/path");

      assertThat(RawAnswer.to(target, "any-key").bytes()).isEqualTo(captured);
      assertThat(RawAnswer.to(target, "other-key").bytes()).isEqualTo(captured);
    }
  }
}
