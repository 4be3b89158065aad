package dev.keyway.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a//b",
        "//a",
        "/a/./b",
        "/a/../b",
        "/..",
        "/a/..",
        "/.",
        "/a;x",
        "/a;x/b",
        "/a\\b",
        "/a%2Fb",
        "/a%2fb",
        "/a%5Cb",
        "/a%00b",
        "/%2E%2E/b",
        "/%2e/b",
        "/a%3Bx",
        "/a%0D%0Ab",
        "/a%7F",
        "/%61pi",
        "/a%2Db",
        "/a%zz",
        "/a%2",
        "/a%",
        "/a%252Fb",
        "/a%252e",
        "/a%c0%af",
        "/a%E0%80%AF",
        "/a%ed%a0%80",
        "/a%FF",
        "/caf%C3",
        "/caf%C3x",
        "/%7Ea"
      })
  void isUnambiguous_secondReading_isRefused(String path) {
    assertThat(Objects.requireNonNull(RequestTarget.of(path)).isUnambiguous()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/a",
        "/a/",
        "/a/b.c",
        "/a/...",
        "/a/.b",
        "/a/b..",
        "/a%20b",
        "/caf%C3%A9",
        "/%F0%9F%94%91",
        "/a%40b",
        "/100%25",
        "/a%25b",
        "/.well-known/x",
        "/a?b=//;..%2f"
      })
  void isUnambiguous_plain_passes(String target) {
    assertThat(Objects.requireNonNull(RequestTarget.of(target)).isUnambiguous()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "a", "http://x/a", "/a#b", "/a b", "/\u00e9", "/a\u0001", "/a\t"})
  void of_notOriginForm_isNull(String target) {
    assertThat(RequestTarget.of(target)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/.well-known/oauth-protected-resource, true",
    "/memo/.well-known/openid-configuration, true",
    "/.well-known/oauth-authorization-server/memo/mcp, true",
    "/.well-known/.well-known/oauth-x, true",
    "/.well-known/jwks.json, false",
    "/x.well-known/oauth-a, false",
    "/.well-known/x/oauth-a, false"
  })
  void isDiscovery(String path, boolean expected) {
    assertThat(new RequestTarget(path, null).isDiscovery()).isEqualTo(expected);
  }

  @Test
  void segment_isDecodedAndCountedFromOne() {
    assertThat(RequestTarget.segment("/projects/a%20b/mcp", 2)).isEqualTo("a b");
    assertThat(RequestTarget.segment("/projects", 2)).isNull();
    assertThat(RequestTarget.segment("/projects/", 2)).isNull();
    assertThat(RequestTarget.segment("/projects/x", 1)).isEqualTo("projects");
  }
}
