package dev.keyway.app.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.keyway.core.UnavailableException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A chore goes on whatever happens in it, and its age says when it last went well. */
final class ChoreTest {

  @Test
  void run_thatGoesWell_makesItYoungAgain() {
    var runs = new AtomicInteger();
    var chore = new Chore("count", runs::incrementAndGet);
    double before = chore.ageSeconds();
    while (chore.ageSeconds() <= before) {
      Thread.onSpinWait();
    }
    long begun = System.nanoTime();
    chore.run();
    double age = chore.ageSeconds();
    assertThat(age).isBetween(0.0, (System.nanoTime() - begun) / 1e9);
    assertThat(runs).hasValue(1);
    assertThat(chore.failures()).isZero();
    assertThat(chore.name()).isEqualTo("count");
  }

  @Test
  void outage_isOneWarningAndAnotherTry() {
    try (var lines = new LogLines(Chore.class)) {
      var chore =
          new Chore(
              "write usage",
              () -> {
                throw new UnavailableException("the disk is full", null);
              });
      chore.run();
      double age = chore.ageSeconds();
      chore.run();
      assertThat(chore.failures()).isEqualTo(2);
      assertThat(chore.ageSeconds()).isGreaterThanOrEqualTo(age);
      assertThat(lines.of(Level.WARN))
          .hasSize(2)
          .allMatch(
              line -> line.equals("cannot write usage now, will try again: the disk is full"));
      assertThat(lines.of(Level.ERROR)).isEmpty();
    }
  }

  @Test
  void bug_isAnErrorAndDoesNotEndTheSchedule() {
    try (var lines = new LogLines(Chore.class)) {
      var chore =
          new Chore(
              "tidy up",
              () -> {
                throw new IllegalStateException("a bug");
              });
      chore.run();
      assertThat(chore.failures()).isEqualTo(1);
      assertThat(lines.of(Level.ERROR)).containsExactly("cannot tidy up");
    }
  }
}
