package dev.keyway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base62Test {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  @Test
  void random_isUniformOverTheAlphabet() {
    String drawn = Base62.random(seeded(), 62_000);

    double chiSquared =
        ALPHABET
            .chars()
            .mapToDouble(c -> Math.pow(drawn.chars().filter(d -> d == c).count() - 1000.0, 2))
            .map(square -> square / 1000.0)
            .sum();

    assertThat(drawn).hasSize(62_000);
    // 61 degrees of freedom: above 110 once in ten thousand; a plain modulo would reach 470.
    assertThat(chiSquared).isLessThan(110);
  }

  @ParameterizedTest
  @CsvSource({
    "0,000000",
    "61,00000z",
    "62,000010",
    "4294967295,4gfFC3",
    "-1,4gfFC3",
    "4294967296,000000"
  })
  void sixDigits_areUnsignedAndPadded(long value, String digits) {
    assertThat(Base62.sixDigits(value)).isEqualTo(digits);
    byte[] text = ("--" + digits).getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Base62.areSixDigitsOf(value, text, 2)).isTrue();
    for (int place = 2; place < text.length; place++) {
      byte[] wrong = text.clone();
      wrong[place] = (byte) (wrong[place] == '7' ? '8' : '7');
      assertThat(Base62.areSixDigitsOf(value, wrong, 2)).isFalse();
    }
  }

  @Test
  void isBase62_takesTheWholeAlphabetAndNothingElse() {
    for (char c = 0; c < 0x250; c++) {
      assertThat(Base62.isBase62(String.valueOf(c), 1)).isEqualTo(ALPHABET.indexOf(c) >= 0);
    }
    assertThat(Base62.isBase62("ab", 1)).isFalse();
    assertThat(Base62.isBase62("", 1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-abc-", "\u00E9abc\u00E9"})
  void isBase62_looksAtItsPartOnly(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);

    assertThat(Base62.isBase62(bytes, 1, 3)).isTrue();
    assertThat(Base62.isBase62(bytes, 0, 3)).isFalse();
    assertThat(Base62.isBase62(bytes, 2, 3)).isFalse();
  }

  private static SecureRandom seeded() {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(62);
      return random;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
