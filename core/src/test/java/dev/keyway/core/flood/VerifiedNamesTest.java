package dev.keyway.core.flood;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedNamesTest {
  private static final long HOUR = VerifiedNames.LIFE_NANOS;

  @Test
  void contains_isTrueForAnHourAtLeastAndTwoAtMost() {
    var names = new VerifiedNames(10, new SecureRandom());
    names.add("one", 0);

    assertThat(names.contains("one", HOUR)).isTrue();
    assertThat(names.contains("one", 2 * HOUR)).isFalse();
    assertThat(names.contains("two", 0)).isFalse();
  }

  @Test
  void remove_takesOutThatNameAndNoOther() {
    int most = 1_000;
    var names = new VerifiedNames(most, new SecureRandom());
    for (int i = 0; i < most; i++) {
      names.add("name" + i, 0);
    }
    names.add("newer", HOUR);
    for (int i = 0; i < most; i += 2) {
      names.remove("name" + i);
    }
    names.remove("newer");
    names.remove("never there");

    assertThat(names.contains("newer", HOUR)).isFalse();
    for (int i = 0; i < most; i++) {
      assertThat(names.contains("name" + i, HOUR)).isEqualTo(i % 2 == 1);
    }
    names.add("newer", HOUR);
    assertThat(names.contains("newer", HOUR)).isTrue();
  }

  @Test
  void contains_whatIsUsedAgain_staysForAnotherHour() {
    var names = new VerifiedNames(10, new SecureRandom());
    for (long now = 0; now < 10 * HOUR; now += HOUR / 3) {
      names.add("one", now);
    }
    assertThat(names.contains("one", 10 * HOUR)).isTrue();
  }

  @Test
  void add_moreThanFit_keepsAtLeastTheLatest() {
    int most = 1_000;
    var names = new VerifiedNames(most, new SecureRandom());
    for (int i = 0; i < 10 * most; i++) {
      names.add("name " + i, i);
    }
    for (int i = 9 * most; i < 10 * most; i++) {
      assertThat(names.contains("name " + i, 10L * most)).isTrue();
    }
    assertThat(names.contains("name 0", 10L * most)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void contains_anyHistory_neverForgetsTheLatestOfTheHour(long seed) {
    var random = new Random(seed);
    int most = 1 + random.nextInt(200);
    var names = new VerifiedNames(most, new SecureRandom());
    Map<String, Long> lastUses = new HashMap<>();
    Deque<String> latest = new ArrayDeque<>();
    long now = 0;
    for (int i = 0; i < 5_000; i++) {
      now += random.nextLong(HOUR / 50);
      String name = "name " + random.nextInt(400);
      names.add(name, now);
      lastUses.put(name, now);
      latest.remove(name);
      latest.addFirst(name);
      assertKept(names, latest, lastUses, most, now);
    }
  }

  /** Of what was used within the hour, the latest that surely fit are there. */
  private static void assertKept(
      VerifiedNames names, Deque<String> latest, Map<String, Long> uses, int most, long now) {
    int place = 0;
    for (String name : latest) {
      if (place++ == most || now - uses.getOrDefault(name, 0L) >= HOUR) {
        return;
      }
      assertThat(names.contains(name, now)).as(name).isTrue();
    }
  }
}
