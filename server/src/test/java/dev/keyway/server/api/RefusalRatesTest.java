package dev.keyway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.audit.Actor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How many rows of the trail refused calls make, and that those without one are counted. */
class RefusalRatesTest {
  private static final Actor ONE = new Actor(Actor.Kind.KEY, "one");
  private static final Actor OTHER = new Actor(Actor.Kind.KEY, "other");

  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final RefusalRates rates = new RefusalRates(millis::get);

  @Test
  void take_isSixtyAtOnceThenOneASecond_forEachCaller() {
    assertThat(taken(1_000)).isEqualTo(60);
    millis.addAndGet(999);
    assertThat(taken(10)).isZero();
    millis.addAndGet(1);
    assertThat(taken(10)).isEqualTo(1);
    assertThat(rates.take(OTHER, "key.create")).isTrue();
  }

  @Test
  void takeLeftOut_tellsOnceOfAllThatHaveNoRow() {
    assertThat(rates.takeLeftOut(ONE).calls()).isZero();
    taken(100);
    rates.take(ONE, "account.create");
    assertThat(rates.takeLeftOut(ONE).calls()).isZero();

    millis.addAndGet(1_000);
    assertThat(rates.takeLeftOut(ONE)).isEqualTo(new RefusalRates.LeftOut(41, "account.create"));
    millis.addAndGet(1_000);
    assertThat(rates.takeLeftOut(ONE).calls()).isZero();

    rates.giveBack(ONE, new RefusalRates.LeftOut(41, "account.create"));
    assertThat(rates.takeLeftOut(ONE).calls()).isEqualTo(41);
  }

  private int taken(int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += rates.take(ONE, "key.create") ? 1 : 0;
    }
    return taken;
  }
}
