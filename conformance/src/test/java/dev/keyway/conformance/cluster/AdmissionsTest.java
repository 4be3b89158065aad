package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The count of a window, on records whose answer is known. */
final class AdmissionsTest {
  private static final Duration WINDOW = Duration.ofSeconds(1);

  @Test
  void windowsThatMeet_areCountedApart() {
    var admissions = new Admissions();
    for (int i = 0; i < 5; i++) {
      add(admissions, i, i + 1);
      add(admissions, 1_000 + i, 1_001 + i);
    }

    assertThat(admissions.fullest(WINDOW)).isEqualTo(5);
  }

  @Test
  void anyWindow_isLookedAt_notOnlyThoseOfTheClock() {
    var admissions = new Admissions();
    for (int i = 0; i < 5; i++) {
      add(admissions, 990 + i, 991 + i);
      add(admissions, 1_100 + i, 1_101 + i);
    }

    assertThat(admissions.fullest(WINDOW)).isEqualTo(10);
  }

  @Test
  void answersAfterTheWindow_areNotHeldAgainstIt() {
    var admissions = new Admissions();
    add(admissions, 0, 1);
    add(admissions, 1, 1_000);

    assertThat(admissions.fullest(WINDOW)).isEqualTo(1);
  }

  private static void add(Admissions admissions, long sentMillis, long answeredMillis) {
    admissions.add(sentMillis * 1_000_000, answeredMillis * 1_000_000);
  }
}
