package dev.keyway.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.RefusedException.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {
  private static final String EMAIL = "Ada.Lovelace@example.com";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twelve chars",
        "correct horse battery staple",
        "nodigitsnocapitals",
        "483920175566",
        "\u0434\u043B\u0438\u043D\u043D\u044B\u0439 \u043F\u0430\u0440\u043E\u043B\u044C",
        "   spaces   around   ",
        "\uD83D\uDE00\uD83D\uDE01\uD83D\uDE02\uD83D\uDE03 and eight"
      })
  void chosen_ofAnyCharacters_isFit(String text) {
    assertThatCode(() -> Password.given("password", text).requireFitFor(EMAIL))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "elevenchars | at least 12 characters",
        "\uD83D\uDE00\uD83D\uDE01\uD83D\uDE02\uD83D\uDE03\uD83D\uDE00\uD83D\uDE01 | at least 12",
        "ada.lovelace@EXAMPLE.com | must not be the e-mail",
        "password1234 | tried first",
        "PassWord1234 | tried first",
        "QWERTYUIOP123 | tried first",
        "aaaaaaaaaaaaaaaa | tried first",
        "abcabcabcabcabc | tried first"
      })
  void chosen_thatNobodyShouldChoose_isRefusedWithTheReason(String text, String reason) {
    Password password = Password.given("password", text);
    assertThatThrownBy(() -> password.requireFitFor(EMAIL))
        .isInstanceOfSatisfying(
            Invalid.class, refused -> assertThat(refused.code()).isEqualTo("invalid_request"))
        .hasMessageContaining(reason)
        .hasMessageNotContaining(text);
  }

  @Test
  void given_isOneToAThousandAndTwentyFourBytes() {
    assertThatThrownBy(() -> Password.given("current_password", null))
        .hasMessage("'current_password' is required.");
    assertThatThrownBy(() -> Password.given("password", "")).hasMessage("'password' is required.");
    assertThat(Password.given("password", "x").reveal()).isEqualTo("x");
    assertThat(Password.given("password", "\u00E4".repeat(512)).reveal()).hasSize(512);
    assertThatThrownBy(() -> Password.given("password", "\u00E4".repeat(513)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("1024 bytes");
  }

  @Test
  void given_isTheSameFromEveryKeyboard() {
    assertThat(Password.given("password", "a\u0308rger").reveal())
        .isEqualTo(Password.given("password", "\u00E4rger").reveal());
    assertThat(Password.given("password", "\uFF41\uFF42").reveal()).isEqualTo("ab");
    assertThat(Password.given("password", " A b ").reveal()).isEqualTo(" A b ");
  }

  @Test
  void toString_showsNothing() {
    assertThat(Password.given("password", "correct horse")).hasToString("Password[redacted]");
  }
}
