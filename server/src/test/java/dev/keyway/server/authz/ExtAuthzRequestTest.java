package dev.keyway.server.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.Peer;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.Request;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What Envoy's published classes write is what is read. */
class ExtAuthzRequestTest {

  private static CheckRequest.Builder check(HttpRequest http) {
    Address source =
        Address.newBuilder()
            .setSocketAddress(
                SocketAddress.newBuilder().setAddress("203.0.113.9").setPortValue(4711))
            .build();
    Address destination =
        Address.newBuilder()
            .setSocketAddress(SocketAddress.newBuilder().setAddress("10.0.0.1").setPortValue(443))
            .build();
    return CheckRequest.newBuilder()
        .setAttributes(
            AttributeContext.newBuilder()
                .setSource(Peer.newBuilder().setAddress(source).setService("web"))
                .setDestination(Peer.newBuilder().setAddress(destination))
                .setRequest(Request.newBuilder().setHttp(http))
                .putContextExtensions("product", "memo")
                .putContextExtensions("other", "x"));
  }

  private static HttpRequest.Builder http() {
    return HttpRequest.newBuilder()
        .setId("1")
        .setMethod("POST")
        .setPath("/api/items?x=1")
        .setHost("memo.example:8443")
        .setScheme("https")
        .setProtocol("HTTP/2")
        .setSize(-1);
  }

  @Test
  void of_readsWhatADecisionNeeds() throws Exception {
    var http = http().putHeaders("authorization", "Bearer k").putHeaders("x-umlaut", "ä").build();
    var read = ExtAuthzRequest.of(check(http).build().toByteArray());
    assertThat(read.method()).isEqualTo("POST");
    assertThat(read.target()).isEqualTo("/api/items?x=1");
    assertThat(read.host()).isEqualTo("memo.example:8443");
    assertThat(read.product()).isEqualTo("memo");
    assertThat(read.address()).isEqualTo("203.0.113.9");
    assertThat(read.of("Authorization")).containsExactly("Bearer k");
    assertThat(read.of("X-Umlaut")).containsExactly("ä");
    assertThat(read.of("X-API-Key")).isEmpty();
  }

  @Test
  void of_rawHeaders_keepsEveryLine() throws Exception {
    var lines = HeaderMap.newBuilder();
    for (String value : new String[] {"Bearer a", "Bearer b"}) {
      lines.addHeaders(
          HeaderValue.newBuilder()
              .setKey("authorization")
              .setRawValue(ByteString.copyFromUtf8(value)));
    }
    var read = ExtAuthzRequest.of(check(http().setHeaderMap(lines).build()).build().toByteArray());
    assertThat(read.of("Authorization")).containsExactly("Bearer a", "Bearer b");
  }

  @Test
  void of_fieldsOfANewerEnvoy_arePassedOver() throws Exception {
    var unknown =
        UnknownFieldSet.newBuilder()
            .addField(
                99,
                UnknownFieldSet.Field.newBuilder()
                    .addVarint(-1)
                    .addFixed32(7)
                    .addFixed64(7)
                    .addLengthDelimited(ByteString.copyFromUtf8("x"))
                    .build())
            .build();
    var message = check(http().setUnknownFields(unknown).build()).setUnknownFields(unknown);
    assertThat(ExtAuthzRequest.of(message.build().toByteArray()).method()).isEqualTo("POST");
  }

  @Test
  void of_nothing_isEmpty() throws Exception {
    assertThat(ExtAuthzRequest.of(new byte[0]).target()).isEmpty();
  }

  @Test
  void of_textThatIsNotUtf8_isRefused() {
    byte[] message = check(http().setMethod("AAAA").build()).build().toByteArray();
    for (int i = 0; i < message.length - 3; i++) {
      if (message[i] == 'A' && message[i + 3] == 'A') {
        message[i] = (byte) 0xff;
        break;
      }
    }
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> ExtAuthzRequest.of(message));
  }

  /** Cut short, bent or made up: it is read or refused, and nothing else happens. */
  @Test
  void of_garbage_isReadOrRefused() {
    byte[] whole = check(http().putHeaders("a", "b").build()).build().toByteArray();
    var random = new Random(20_260_101);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] message = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int i = 0; i < message.length; i += 1 + random.nextInt(40)) {
        message[i] = (byte) random.nextInt();
      }
      try {
        var _ = ExtAuthzRequest.of(message);
      } catch (MalformedMessageException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 19_999);
  }
}
