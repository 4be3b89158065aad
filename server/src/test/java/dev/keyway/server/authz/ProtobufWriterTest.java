package dev.keyway.server.authz;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.vertx.core.http.HttpHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what Envoy's published classes read. */
// "append" is deprecated and yet the one form that every version of Envoy heeds.
@SuppressWarnings("deprecation")
class ProtobufWriterTest {

  /** At every length that takes one byte more to say. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60, 117, 118, 119, 127, 128, 129, 16_370, 16_384, 300_000})
  void nestedMessages_areWhatEnvoyReads(int length) throws Exception {
    String body = "ö" + "b".repeat(length);
    var message = new ProtobufWriter();
    int denied = message.begin(2);
    int status = message.begin(1);
    message.number(1, 429);
    message.end(status);
    ExtAuthzFields.write(
        message, 2, HttpHeaders.headers().add("Retry-After", body).add("Vary", "Origin"));
    message.text(3, body);
    message.end(denied);
    var read = CheckResponse.parseFrom(message.toBytes());
    var response = read.getDeniedResponse();
    assertThat(response.getStatus().getCodeValue()).isEqualTo(429);
    assertThat(response.getBody()).isEqualTo(body);
    assertThat(response.getHeaders(0).getHeader().getValue()).isEqualTo(body);
    assertThat(response.getHeaders(0).hasAppend()).isTrue();
    assertThat(response.getHeaders(0).getAppend().getValue()).isFalse();
    assertThat(response.getHeaders(1).getAppend().getValue()).isTrue();
    assertThat(read.getUnknownFields().asMap()).isEmpty();
    // The shortest form, as Envoy itself would write it.
    assertThat(message.toBytes()).hasSize(read.getSerializedSize());
  }
}
