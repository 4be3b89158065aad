package dev.keyway.demo.modern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of Streamable HTTP, Value Encoding. */
final class HeaderValueTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "us-west1|us-west1",
        "=?base64?SGVsbG8sIOS4lueVjA==?=|Hello, 世界",
        "=?base64?IHBhZGRlZCA=?=|' padded '",
        "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=|=?base64?literal?=",
        "=?BASE64?SGk=?=|=?BASE64?SGk=?=",
        "=?base64?SGk=|=?base64?SGk=",
        "=?base64?=|=?base64?="
      })
  void decode_readsWrappedAndPlainValues(String header, String meant) {
    assertThat(HeaderValue.decode(header)).hasValue(meant);
  }

  @Test
  void decode_wrappedLineBreak_isKept() {
    assertThat(HeaderValue.decode("=?base64?bGluZTEKbGluZTI=?=")).hasValue("line1\nline2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=?base64?***?=", "=?base64?/w==?="})
  void decode_noBase64OfUtf8_isNothing(String header) {
    assertThat(HeaderValue.decode(header)).isEmpty();
  }
}
