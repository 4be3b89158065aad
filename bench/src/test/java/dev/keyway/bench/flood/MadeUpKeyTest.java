package dev.keyway.bench.flood;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class MadeUpKeyTest {
  @Test
  void with_hasTheFormOfAKeyAndItsRightCheck() {
    String key = MadeUpKey.with("bench_", new Random(1));

    assertThat(key).matches("bench_[0-9A-Za-z]{61}");
    var crc = new CRC32();
    crc.update(key.substring(0, key.length() - 6).getBytes(StandardCharsets.ISO_8859_1));
    assertThat(value(key.substring(key.length() - 6))).isEqualTo(crc.getValue());
  }

  private static long value(String check) {
    String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    return check.chars().mapToLong(digits::indexOf).reduce(0, (all, digit) -> all * 62 + digit);
  }
}
