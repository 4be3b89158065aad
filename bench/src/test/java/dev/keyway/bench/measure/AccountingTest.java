package dev.keyway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class AccountingTest {
  private static final Duration BURNT = Duration.ofMillis(300);

  private final Accounting accounting = Accounting.ofThisMachine();
  private final long self = ProcessHandle.current().pid();

  @Test
  void usedAloneBy_seesWhatThisProcessBurns() {
    Snapshot before = accounting.snapshot();
    burn();
    Snapshot after = accounting.snapshot();

    // The accounting's tick is 10 ms on most machines; allow for two of user and two of system
    // time.
    assertThat(after.usedAloneBy(self, before)).isGreaterThan(BURNT.minusMillis(40));
    assertThat(after.usedBy(self, before)).isGreaterThanOrEqualTo(after.usedAloneBy(self, before));
    assertThat(after.elapsed(before)).isPositive();
  }

  @Test
  void reapedBy_seesAChildThatHasEnded() {
    Snapshot before = accounting.snapshot();
    Shell.output(List.of("sh", "-c", "i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done"));
    Snapshot after = accounting.snapshot();

    assertThat(after.reapedBy(self, before)).isGreaterThan(Duration.ofMillis(20));
    assertThat(after.usedBy(self, before)).isGreaterThanOrEqualTo(after.reapedBy(self, before));
  }

  private static void burn() {
    var threads = ManagementFactory.getThreadMXBean();
    long end = threads.getCurrentThreadCpuTime() + BURNT.toNanos();
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
  }
}
