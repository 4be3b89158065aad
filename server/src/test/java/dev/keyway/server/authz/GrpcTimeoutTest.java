package dev.keyway.server.authz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcTimeoutTest {

  @ParameterizedTest
  @CsvSource({
    "200m, 200000000",
    "1S, 1000000000",
    "99999999n, 99999999",
    "5u, 5000",
    "1M, 60000000000",
    "2M, 60000000000",
    "1H, 60000000000",
    "99999999H, 60000000000"
  })
  void nanos_ofEveryUnit(String value, long nanos) {
    assertThat(GrpcTimeout.nanos(value)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "1", "-1m", "1x", "123456789m", "1 m"})
  void nanos_ofNoTimeout_isForEver(String value) {
    assertThat(GrpcTimeout.nanos(value)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void nanos_unsaid_isForEver() {
    assertThat(GrpcTimeout.nanos(null)).isEqualTo(Long.MAX_VALUE);
  }
}
