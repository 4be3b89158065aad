package dev.keyway.core.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.KeyLikeText;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNamesTest {
  private static final String KEY = "mk_live_" + "a1B2".repeat(15) + "c";

  private final ClientNames names = new ClientNames(new KeyLikeText(List.of("mk_live_", "kwo_")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "claude-code/2.1.317 | claude-code/2.1.317",
        "claude-code/2.1.317 (cli, sdk) | claude-code/2.1.317",
        "node | node",
        "python-httpx/0.28.1 | python-httpx/0.28.1",
        "Cursor/1.7.0 (darwin arm64) | Cursor/1.7.0",
        "openai-mcp/1.0.0 | openai-mcp/1.0.0",
        "curl/8.14.1 | curl/8.14.1",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 | Mozilla/5.0 AppleWebKit/537.36 Chrome/142.0 Safari/537.36",
        "a/1 (b (c) d) e/2 | a/1 e/2",
        "a/1 (never closed b/2 | a/1",
        "a) b/1 | b/1",
        "(only a comment) | null",
        "someone@example.com | null",
        "https://example.com/x | null",
        "a/1\u00e9 b/2 | b/2",
        "a/1 <script>alert(1)</script> | a/1",
        "a/b/c d/1 | d/1",
      })
  void of_keepsProductsAndVersions(String userAgent, String expected) {
    assertThat(names.of(userAgent)).isEqualTo(expected);
  }

  @Test
  void of_nothing_isNothing() {
    assertThat(names.of(null)).isNull();
    assertThat(names.of("")).isNull();
  }

  @Test
  @DisplayName("ALL-1 nothing with the form of a key may be kept")
  void mayBeKept_withAKeyInside_no() {
    assertThat(names.mayBeKept("client/1")).isTrue();
    assertThat(names.mayBeKept("client/1 " + KEY)).isFalse();
    assertThat(names.mayBeKept("client/" + KEY)).isFalse();
    assertThat(names.mayBeKept("(" + KEY + ")")).isFalse();
    assertThat(names.mayBeKept("x".repeat(513))).isFalse();
  }

  @Test
  @DisplayName("ALL-1 what holds a key is refused each time, and nothing else with it")
  void mayBeKept_askedAgain_answersTheSame() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 2_000; i++) {
        assertThat(names.mayBeKept("client/" + i + " " + KEY)).isFalse();
        assertThat(names.mayBeKept("client/" + i)).isTrue();
      }
    }
    assertThat(names.mayBeKept("")).isTrue();
  }

  @Test
  @DisplayName("ALL-1 no long random text passes for a name or a version, keys of others included")
  void of_longWords_leavesThemOut() {
    assertThat(names.of("a/1 sk-" + "9f8e".repeat(10) + " b/" + "0123abcd".repeat(5)))
        .isEqualTo("a/1");
    assertThat(names.of(KEY)).isNull();
  }

  @Test
  void of_anything_isShortPrintableAscii() {
    var random = new Random(7);
    String alphabet = "aZ09 ./()-_~+\t\u0000\u001b\u00ff\u4e2d\\\"'<>;,";
    for (int round = 0; round < 5_000; round++) {
      var text = new StringBuilder();
      IntStream.range(0, random.nextInt(300))
          .forEach(_ -> text.append(alphabet.charAt(random.nextInt(alphabet.length()))));

      String name = names.of(text.toString());

      assertThat(name == null || name.matches("[!-~][ -~]{0,79}")).as(text.toString()).isTrue();
    }
  }
}
