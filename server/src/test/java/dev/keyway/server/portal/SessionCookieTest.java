package dev.keyway.server.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The cookie's name and attributes follow the public URL. */
final class SessionCookieTest {

  @Test
  void cookie_underHttps_isBoundToTheHostAndToTls() {
    assertThat(SessionCookie.under("https://keys.example").end())
        .isEqualTo("__Host-keyway=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure");
  }

  @Test
  void cookie_underHttp_hasAnotherName() {
    assertThat(SessionCookie.under("http://127.0.0.1:7700").end())
        .isEqualTo("keyway_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
  }
}
