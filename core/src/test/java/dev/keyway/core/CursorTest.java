package dev.keyway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.RefusedException.Invalid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  private static final Order BY_NAME =
      new Order("name", Order.Values.TEXTS, Order.Presence.SOMETIMES);

  @ParameterizedTest
  @ValueSource(strings = {"key_abc", "", "\uD83E\uDD16"})
  void decode_ofWhatWasEncoded_isTheSame(String id) {
    var cursor = new Cursor(Instant.parse("2026-03-01T10:00:00.123Z"), id);

    assertThat(Cursor.decode(cursor.encode(), Order.NEWEST_FIRST)).isEqualTo(cursor);
    assertThat(cursor.encode()).matches("[A-Za-z0-9_-]*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"laptop", "", ",", "a,b", "1", "\uD83E\uDD16"})
  void decode_ofAText_isTheSame(String value) {
    var cursor = new Cursor(BY_NAME, value, "key_abc");

    assertThat(Cursor.decode(cursor.encode(), BY_NAME)).isEqualTo(cursor);
  }

  @Test
  void decode_ofARowWithoutTheValue_isTheSame() {
    var cursor = new Cursor(BY_NAME, null, "key_abc");

    assertThat(Cursor.decode(cursor.encode(), BY_NAME)).isEqualTo(cursor);
  }

  @Test
  @DisplayName("a cursor means nothing in a list of another order")
  void decode_ofAnotherOrder_isAnInvalidRequest() {
    String byTime = new Cursor(Instant.EPOCH, "key_abc").encode();
    String byName = new Cursor(BY_NAME, "0", "key_abc").encode();

    assertThatThrownBy(() -> Cursor.decode(byTime, BY_NAME)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> Cursor.decode(byName, Order.NEWEST_FIRST)).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "AAAA", "\u00E9", "null", "%00", "===", " "})
  void decode_garbage_isAnInvalidRequest(String text) {
    assertRefused(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "x,key",
        ",key",
        "-created_at",
        "-created_at,key",
        "-created_at,key,",
        "-created_at,key,x",
        "-created_at,key,1,2",
        "-created_at,key,99999999999999999999",
        "-created_at,key,1.5",
        "created_at,key,1"
      })
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
        assertThat(Cursor.decode(text, BY_NAME).id()).isNotNull();
      } catch (RefusedException.Invalid e) {
        assertThat(e.code()).isEqualTo("invalid_request");
      }
    }
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> Cursor.decode(text, Order.NEWEST_FIRST))
        .isInstanceOf(RefusedException.Invalid.class)
        .extracting(e -> ((RefusedException) e).code())
        .isEqualTo("invalid_request");
  }
}
