package dev.keyway.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1; b=2 | a=1; b=2",
        "keyway_session=x | ",
        "a=1; __Host-keyway=x; b=2 | a=1; b=2",
        "a=1;keyway_session=x | a=1",
        "KEYWAY_SESSION=x; a=keyway_session | a=keyway_session",
        "keyway_sessions=x | keyway_sessions=x",
        "=keyway_session=x; a=1 | a=1"
      })
  void withoutOurs(String cookies, @Nullable String expected) {
    assertThat(Cookies.withoutOurs(cookies)).isEqualTo(expected);
  }
}
