package dev.keyway.core.flood;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test vectors of its authors: key and message are 00 01 02 … */
class SipHashTest {
  private final SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  @ParameterizedTest
  @CsvSource({
    "0, 726fdb47dd0e0e31",
    "2, 0d6c8009d9a94f5a",
    "4, cf2794e0277187b7",
    "6, cbc9466e58fee3ce",
    "8, 93f5f5799a932462"
  })
  void of_text_isWhatTheAuthorsGive(int bytes, String expected) {
    var text = new StringBuilder();
    for (int at = 0; at < bytes; at += 2) {
      text.append((char) (at | (at + 1) << 8));
    }
    assertThat(Long.toHexString(hash.of(text.toString())))
        .isEqualTo(expected.replaceAll("^0+", ""));
  }

  @ParameterizedTest
  @CsvSource("93f5f5799a932462")
  void of_number_isThatOfItsBytes(String expected) {
    assertThat(Long.toHexString(hash.of(0x0706050403020100L))).isEqualTo(expected);
  }
}
