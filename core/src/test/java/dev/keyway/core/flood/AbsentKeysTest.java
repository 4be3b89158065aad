package dev.keyway.core.flood;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class AbsentKeysTest {
  private final AbsentKeys absent = new AbsentKeys(new SecureRandom());

  @Test
  void contains_isTrueForLessThanASecond() {
    absent.add("one", 5);

    assertThat(absent.contains("one", 5)).isTrue();
    assertThat(absent.contains("one", 5 + AbsentKeys.LIFE_NANOS - 1)).isTrue();
    assertThat(absent.contains("one", 5 + AbsentKeys.LIFE_NANOS)).isFalse();
    assertThat(AbsentKeys.LIFE_NANOS).isLessThanOrEqualTo(1_000_000_000L);
  }

  @Test
  void contains_anotherText_isFalse() {
    for (int i = 0; i < 10 * AbsentKeys.SIZE; i++) {
      absent.add("absent " + i, 0);
    }
    for (int i = 0; i < 10 * AbsentKeys.SIZE; i++) {
      assertThat(absent.contains("other " + i, 0)).isFalse();
    }
  }
}
