package dev.keyway.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What is read as a key is exactly what was written, and nothing beside a key is one. */
class KeyFormatFuzzTest {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final List<String> PREFIXES = List.of("mk_live_", "mlk_");
  private static final KeyFormat FORMAT = new KeyFormat(PREFIXES);

  @FuzzTest(maxDuration = "60s")
  void parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    PresentedKey read = FORMAT.parse(text);
    if (read != null) {
      assertPrintsItself(read, text);
    }
    assertThat(FORMAT.isIn(text + "\u00e9")).isEqualTo(FORMAT.isIn(text));
    assertThat(read == null || FORMAT.isIn("?" + text + "&")).isTrue();
    for (String prefix : PREFIXES) {
      assertKey(prefix + digits(bytes));
    }
  }

  /** Completed, a body is a key; changed by one character anywhere, it is none. */
  private static void assertKey(String body) {
    String text = IndependentChecksum.complete(body);
    PresentedKey key = Objects.requireNonNull(FORMAT.parse(text), "a key that is right");
    assertPrintsItself(key, text);
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'a' ? 'b' : 'a';
      assertThat(FORMAT.parse(text.substring(0, i) + other + text.substring(i + 1))).isNull();
    }
    assertThat(FORMAT.parse(text + "a")).isNull();
    assertThat(FORMAT.parse(text.substring(1))).isNull();
    assertThat(FORMAT.isIn("a" + text)).isFalse();
  }

  private static void assertPrintsItself(PresentedKey key, String text) {
    assertThat(new String(key.bytes(), StandardCharsets.ISO_8859_1)).isEqualTo(text);
    assertThat(text).startsWith(key.prefix() + key.id().characters());
    assertThat(IndependentChecksum.complete(text.substring(0, text.length() - 6))).isEqualTo(text);
    assertThat(key).hasToString("PresentedKey[key_" + key.id().characters() + "]");
  }

  private static String digits(byte[] bytes) {
    var digits = new StringBuilder();
    for (int i = 0; i < ApiKeyId.LENGTH + KeyFormat.SECRET_LENGTH; i++) {
      int b = bytes.length == 0 ? i : bytes[i % bytes.length] & 0xff;
      digits.append(ALPHABET.charAt((b + i / Math.max(1, bytes.length)) % ALPHABET.length()));
    }
    return digits.toString();
  }
}
