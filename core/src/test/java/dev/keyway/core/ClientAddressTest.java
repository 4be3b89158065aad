package dev.keyway.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.0/24",
    "10.1.2.3, 10.1.2.0/24",
    "::ffff:10.1.2.3, 10.1.2.0/24",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1::/48",
    "2001:DB8:01:2::6, 2001:db8:1::/48",
    "2001:db8:0:0:0:0:0:1, 2001:db8:0::/48",
    "2001:db8::1, 2001:db8:0::/48",
    "fe80::1:2:3:4:5:6%eth0, fe80:0:1::/48",
    "2001:db8:1::, 2001:db8:1::/48",
    "::1, 0:0:0::/48",
    "unknown, unknown",
    "'', ''"
  })
  void prefix_cutsOffWhatNamesOneClient(String address, String prefix) {
    assertThat(ClientAddress.of(address).prefix()).isEqualTo(prefix);
    assertThat(ClientAddress.of(address).text()).isEqualTo(address);
    assertThat(ClientAddress.of(address).bucket()).isEqualTo(AddressBucket.of(address));
  }
}
