package dev.keyway.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CircuitTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Circuit circuit = new Circuit(3, Duration.ofNanos(10), nanos::get);

  private Circuit.Pass enter() {
    return requireNonNull(circuit.enter());
  }

  @Test
  void failuresInARow_openIt_andOnlyOneCallTriesLater() {
    fail(3);
    assertThat(circuit.isOpen()).isTrue();
    assertThat(circuit.enter()).isNull();
    nanos.addAndGet(10);
    Circuit.Pass probe = enter();
    assertThat(circuit.enter()).isNull();
    probe.succeeded();
    assertThat(circuit.isOpen()).isFalse();
    assertThat(circuit.enter()).isNotNull();
  }

  @Test
  void aProbeThatFails_restsItAgain() {
    fail(3);
    nanos.addAndGet(10);
    enter().failed();
    assertThat(circuit.enter()).isNull();
    nanos.addAndGet(10);
    assertThat(circuit.enter()).isNotNull();
  }

  @Test
  void aProbeThatTellsNothing_leavesTheNextOneToTry() {
    fail(3);
    nanos.addAndGet(10);
    enter().toldNothing();
    assertThat(circuit.enter()).isNotNull();
    assertThat(circuit.isOpen()).isTrue();
  }

  @Test
  void anAnswerBetween_beginsTheCountAnew() {
    fail(2);
    enter().succeeded();
    fail(2);
    enter().toldNothing();
    assertThat(circuit.isOpen()).isFalse();
    fail(1);
    assertThat(circuit.isOpen()).isTrue();
  }

  @Test
  void callsThatBeganBefore_andFailLater_doNotProlongIt() {
    Circuit.Pass early = enter();
    fail(3);
    nanos.addAndGet(9);
    early.failed();
    nanos.addAndGet(1);
    assertThat(circuit.enter()).isNotNull();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      enter().failed();
    }
  }
}
