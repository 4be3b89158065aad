package dev.keyway.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFormatTest {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String PREFIX = "mk_live_";
  private static final String BODY =
      PREFIX + "a1B2c3D4e5F6" + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg";

  private final SecureRandom random = new SecureRandom();
  private final KeyFormat format = new KeyFormat(List.of("mko_tkn_", PREFIX));

  @Test
  @DisplayName("MEMO-2 MEKO-4 a key is prefix, id 12, secret 43 and check 6")
  void generate_hasTheForm() {
    for (int i = 0; i < 200; i++) {
      KeyFormat.Generated made = KeyFormat.generate(PREFIX, random);
      String text = made.secret().reveal();

      assertThat(text).matches("mk_live_[0-9A-Za-z]{61}");
      assertThat(text).isEqualTo(IndependentChecksum.complete(text.substring(0, 63)));
      assertThat(text.substring(8, 20)).isEqualTo(made.key().id().characters());
      assertThat(text).endsWith(made.suffix());
      assertThat(made.suffix()).hasSize(4);
      assertThat(made.key().prefix()).isEqualTo(PREFIX);
    }
  }

  @Test
  void generate_neverRepeats() {
    var seen = new HashSet<String>();
    for (int i = 0; i < 1_000; i++) {
      assertThat(seen.add(KeyFormat.generate(PREFIX, random).secret().reveal())).isTrue();
    }
  }

  @Test
  void parse_wellFormed_findsPrefixAndId() {
    PresentedKey key = Objects.requireNonNull(parse(IndependentChecksum.complete(BODY)));

    assertThat(key.prefix()).isEqualTo(PREFIX);
    assertThat(key.id()).isEqualTo(new ApiKeyId("a1B2c3D4e5F6"));
  }

  @Test
  void parse_everyTypingErrorOfOneCharacter_isRefused() {
    String key = IndependentChecksum.complete(BODY);
    for (int at = 0; at < key.length(); at++) {
      for (int i = 0; i < ALPHABET.length(); i++) {
        char typed = ALPHABET.charAt(i);
        if (typed != key.charAt(at)) {
          assertThat(parse(key.substring(0, at) + typed + key.substring(at + 1))).isNull();
        }
      }
    }
  }

  @Test
  void parse_neighboursSwappedOrOneLostOrDoubled_isRefused() {
    String key = IndependentChecksum.complete(BODY);
    for (int at = PREFIX.length(); at < key.length() - 1; at++) {
      char left = key.charAt(at);
      char right = key.charAt(at + 1);
      if (left != right) {
        assertThat(parse(key.substring(0, at) + right + left + key.substring(at + 2))).isNull();
      }
      assertThat(parse(key.substring(0, at) + key.substring(at + 1))).isNull();
      assertThat(parse(key.substring(0, at) + left + key.substring(at))).isNull();
    }
  }

  @Test
  void parse_characterOutsideTheAlphabetAnywhere_isRefused() {
    String key = IndependentChecksum.complete(BODY);
    for (int at = 0; at < key.length(); at++) {
      for (String foreign : List.of("?", " ", "\u00E9", "\u0130", "\u0430", "\0", "-", "\n")) {
        assertThat(parse(key.substring(0, at) + foreign + key.substring(at + 1))).isNull();
      }
      // Two chars that become one byte, in place of one char and of two.
      assertThat(parse(key.substring(0, at) + "\uD83E\uDD16" + key.substring(at + 1))).isNull();
      if (at + 2 <= key.length()) {
        assertThat(parse(key.substring(0, at) + "\uD83E\uDD16" + key.substring(at + 2))).isNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "mk_live_", "mch_", "Bearer x", "mk_live_\uD83E\uDD16"})
  void parse_otherTexts_isNull(String text) {
    assertThat(parse(text)).isNull();
  }

  @Test
  void parse_prefixThatIsNotInstalled_isNull() {
    assertThat(parse(IndependentChecksum.complete(BODY.replace(PREFIX, "mch_live")))).isNull();
    assertThat(parse(IndependentChecksum.complete(BODY.replace(PREFIX, "MK_LIVE_")))).isNull();
  }

  @Test
  void parse_spaceAround_isRefused() {
    String key = IndependentChecksum.complete(BODY);

    assertThat(parse(" " + key)).isNull();
    assertThat(parse(key + " ")).isNull();
    assertThat(parse(key + "\n")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"mk_,mk_live_", "mk_live_,mk_", "mk_,mk_"})
  void construct_nestedOrEqualPrefixes_isRefused(String one, String two) {
    assertThatThrownBy(() -> new KeyFormat(List.of("other_", one, two)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'mk_");
  }

  @Test
  void apiKeyId_parse_takesThePublicFormOnly() {
    assertThat(ApiKeyId.parse("key_a1B2c3D4e5F6")).contains(new ApiKeyId("a1B2c3D4e5F6"));
    for (String other :
        List.of(
            "a1B2c3D4e5F6",
            "KEY_a1B2c3D4e5F6",
            "key_a1B2c3D4e5F",
            "key_a1B2c3D4e5F67",
            "key_a1B2c3D4e5F_",
            "key_a1B2c3D4e5F\u00E9",
            "")) {
      assertThat(ApiKeyId.parse(other)).isEmpty();
    }
    assertThat(new ApiKeyId("a1B2c3D4e5F6")).hasToString("key_a1B2c3D4e5F6");
    assertThatThrownBy(() -> new ApiKeyId("short")).isInstanceOf(IllegalArgumentException.class);
  }

  private @Nullable PresentedKey parse(String text) {
    return format.parse(text);
  }
}
