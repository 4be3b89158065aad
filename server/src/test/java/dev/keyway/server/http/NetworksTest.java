package dev.keyway.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are in which ranges. */
final class NetworksTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.168.1.128/25, 192.168.1.200, true",
    "192.168.1.128/25, 192.168.1.127, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "203.0.113.9, 203.0.113.9, true",
    "203.0.113.9, 203.0.113.8, false",
    "fe80::/10, fe80::1%eth0, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "10.0.0.0/8, localhost, false",
    "10.0.0.0/9, 10.128.0.0, false",
    "fd00::/7, fd12::1, true",
    "fd00::/7, fe80::1, false",
    "10.0.0.0/8, ::ffff:10.0.0.1, true",
  })
  void address_isInTheRangeOrNot(String range, String address, boolean expected) {
    assertThat(new Networks(List.of(range)).contains(address)).isEqualTo(expected);
  }

  @Test
  void loopback_isBothFamilies() {
    assertThat(Networks.LOOPBACK.contains("127.0.0.53")).isTrue();
    assertThat(Networks.LOOPBACK.contains("0:0:0:0:0:0:0:1")).isTrue();
    assertThat(Networks.LOOPBACK.contains("10.0.0.1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "example.com/8", "10.0.0.0/x", ""})
  void range_thatIsNone_isRefused(String range) {
    assertThatThrownBy(() -> new Networks(List.of(range)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
