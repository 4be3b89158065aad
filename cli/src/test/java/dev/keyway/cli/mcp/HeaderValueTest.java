package dev.keyway.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The cases of SEP-2243. */
final class HeaderValueTest {
  @Test
  void of_plainText_isTheText() {
    assertThat(HeaderValue.of("us-west1")).isEqualTo("us-west1");
    assertThat(HeaderValue.of("a b\tc")).isEqualTo("a b\tc");
  }

  @Test
  void of_whatAHeaderCannotCarry_isBase64() {
    assertThat(HeaderValue.of("Zürich")).isEqualTo("=?base64?WsO8cmljaA==?=");
    assertThat(HeaderValue.of("a\r\nb: c")).isEqualTo("=?base64?YQ0KYjogYw==?=");
    assertThat(HeaderValue.of(" a")).isEqualTo("=?base64?IGE=?=");
    assertThat(HeaderValue.of("=?base64?YQ==?=")).isEqualTo("=?base64?PT9iYXNlNjQ/WVE9PT89?=");
  }
}
