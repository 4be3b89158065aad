package dev.keyway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "keys.example.com, https://keys.example.com",
    "keys.example.com:8443, https://keys.example.com:8443",
    "https://keys.example.com/keyway, https://keys.example.com/keyway",
    "localhost:7700, http://localhost:7700",
    "127.0.0.1:7700, http://127.0.0.1:7700",
  })
  void parse_takesWhatPeopleType(String typed, String address) {
    assertThat(ServerAddress.parse(typed)).isEqualTo(URI.create(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ftp://a", "https://", "https://user:pw@a", "https://a?b=c", "a b"})
  void parse_ofSomethingElse_says(String typed) {
    assertThatThrownBy(() -> ServerAddress.parse(typed))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("no server's address");
  }

  @Test
  void check_letsNoKeyCrossANetworkInClear_unlessAsked() {
    URI far = URI.create("http://10.0.0.7:7700");

    assertThatThrownBy(() -> ServerAddress.check(far, false)).hasMessageContaining("no TLS");
    ServerAddress.check(far, true);
    ServerAddress.check(URI.create("http://[::1]:7700"), false);
    ServerAddress.check(URI.create("https://10.0.0.7"), false);
  }
}
