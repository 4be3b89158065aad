package dev.keyway.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.bench.server.RawAnswer.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawAnswerTest {
  static final String ANSWER =
      """
      HTTP/1.1 401 Unauthorized
      content-type: application/problem+json
      WWW-Authenticate: Bearer realm="keyway", error="invalid_token"
      vary: Origin
      vary: Accept
      content-length: 5

      {\t
      }\
      """
          .replace("\n", "\r\n");

  @Test
  void read_keepsEveryByteAndLeavesWhatFollows() throws IOException {
    InputStream in = bytes(ANSWER + "HTTP/1.1 200 OK\r\n");

    RawAnswer answer = RawAnswer.read(in);

    assertThat(new String(answer.bytes(), StandardCharsets.ISO_8859_1)).isEqualTo(ANSWER);
    assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1");
  }

  @Test
  void read_takesTheAnswerApart() throws IOException {
    RawAnswer answer = RawAnswer.read(bytes(ANSWER));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers())
        .hasSize(5)
        .startsWith(new Header("content-type", "application/problem+json"))
        .contains(new Header("vary", "Origin"), new Header("vary", "Accept"));
    assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1)).isEqualTo("{\t\r\n}");
  }

  @Test
  void read_answerThatEndsEarly_isAFault() {
    assertThatThrownBy(() -> RawAnswer.read(bytes(ANSWER.substring(0, ANSWER.length() - 1))))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> RawAnswer.read(bytes("HTTP/1.1 200 OK\r\n")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void read_answerWithoutLength_isAFault() {
    assertThatThrownBy(
            () -> RawAnswer.read(bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")))
        .hasMessageContaining("Content-Length");
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
