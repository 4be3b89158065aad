package dev.keyway.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyLikeTextTest {
  private static final String TAIL = "a".repeat(61);

  private final KeyLikeText keys = new KeyLikeText(List.of("mk_live_", "kwo_"));

  @Test
  void isIn_aKeyAnywhereInTheText() {
    assertThat(keys.isIn("mk_live_" + TAIL)).isTrue();
    assertThat(keys.isIn("see kwo_" + TAIL + ", please")).isTrue();
    assertThat(keys.isIn("xmk_live_" + TAIL + "9")).isTrue();
  }

  @Test
  void isIn_nothingShorterOrOfAnotherPrefix() {
    assertThat(keys.isIn("mk_live_" + TAIL.substring(1))).isFalse();
    assertThat(keys.isIn("mk_test_" + TAIL)).isFalse();
    assertThat(keys.isIn("mk_live_" + TAIL.substring(1) + "-a")).isFalse();
    assertThat(keys.isIn("key_aaaaaaaaaaaa")).isFalse();
    assertThat(keys.isIn("")).isFalse();
  }
}
