package dev.keyway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.ClientAddress;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which client a request is from that a trusted proxy has passed on. */
class TrustedProxiesTest {
  private static final String PROXY = "10.0.0.1";

  private final TrustedProxies proxies =
      new TrustedProxies(new Networks(List.of("10.0.0.0/8", "fd00::/8")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "192.0.2.7                       | 192.0.2.7",
        "192.0.2.7, 10.0.0.9             | 192.0.2.7",
        "203.0.113.5, 192.0.2.7,10.0.0.9 | 192.0.2.7",
        "2001:db8::1                     | 2001:db8::1",
        "2001:db8::1, fd00::7            | 2001:db8::1",
        "10.0.0.8, 10.0.0.9              | 10.0.0.8",
        "nonsense, 192.0.2.7             | 192.0.2.7",
        "192.0.2.7, nonsense             | 10.0.0.1",
        "192.0.2.7,                      | 10.0.0.1",
        "192.0.2.7:4711                  | 10.0.0.1",
        "localhost                       | 10.0.0.1",
        "''                              | 10.0.0.1",
        "none                            | 10.0.0.1"
      })
  void client_isTheFirstFromTheRightThatIsNoProxy(String forwarded, String expected) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (forwarded != null) {
      headers.add("X-Forwarded-For", forwarded);
    }
    assertThat(proxies.client(ClientAddress.of(PROXY), headers).text()).isEqualTo(expected);
  }

  @Test
  void client_severalHeaders_areOneListInTheirOrder() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("x-forwarded-for", "203.0.113.5")
            .add("X-Forwarded-For", "192.0.2.7")
            .add("X-FORWARDED-FOR", "10.0.0.9");

    assertThat(proxies.client(ClientAddress.of(PROXY), headers).text()).isEqualTo("192.0.2.7");
  }

  @Test
  void contains_peer_byAnySpelling() {
    assertThat(proxies.contains(ClientAddress.of("::ffff:10.0.0.1"))).isTrue();
    assertThat(proxies.contains(ClientAddress.of("192.0.2.7"))).isFalse();
    assertThat(TrustedProxies.NONE.contains(ClientAddress.of(PROXY))).isFalse();
  }
}
