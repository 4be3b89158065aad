package dev.keyway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  @ParameterizedTest
  @ValueSource(strings = {"key_abc", "", "a,b", "\uD83E\uDD16"})
  void decode_ofWhatWasEncoded_isTheSame(String id) {
    var cursor = new Cursor(Instant.parse("2026-03-01T10:00:00.123Z"), id);

    assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
    assertThat(cursor.encode()).matches("[A-Za-z0-9_-]*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "AAAA", "\u00E9", "null", "%00", "===", " "})
  void decode_garbage_isAnInvalidRequest(String text) {
    assertRefused(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "x,key", ",key", "99999999999999999999,key", "1.5,key"})
  void decode_encodedGarbage_isAnInvalidRequest(String plain) {
    assertRefused(Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void decode_randomTexts_isACursorOrAnInvalidRequest() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(30)];
      random.nextBytes(bytes);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      try {
        assertThat(Cursor.decode(text).at()).isNotNull();
      } catch (RefusedException.Invalid e) {
        assertThat(e.code()).isEqualTo("invalid_request");
      }
    }
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> Cursor.decode(text))
        .isInstanceOf(RefusedException.Invalid.class)
        .extracting(e -> ((RefusedException) e).code())
        .isEqualTo("invalid_request");
  }
}
