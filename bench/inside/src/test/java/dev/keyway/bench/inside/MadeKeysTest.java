package dev.keyway.bench.inside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.KeyFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MadeKeysTest {
  private final KeyFormat format = new KeyFormat(List.of(MadeKeys.PREFIX));

  @Test
  void next_isAKeyWithAnIdAfterTheOneBefore() {
    var keys = new MadeKeys(1_000, new Random(1));
    String before = "";
    for (int i = 0; i < 1_000; i++) {
      String key = keys.next(i);
      assertThat(format.parse(key)).isNotNull();
      assertThat(key).isGreaterThan(before);
      before = key;
    }
  }

  @Test
  void unknown_isAKeyToo() {
    assertThat(format.parse(MadeKeys.unknown(new Random(1)))).isNotNull();
  }
}
