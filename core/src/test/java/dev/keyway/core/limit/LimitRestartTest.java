package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.limit.FaultyWindows.Fate;
import dev.keyway.core.memory.InMemoryStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitRestartTest {
  private static final ApiKeyId KEY = new ApiKeyId("a1B2c3D4e5F6");
  private static final ApiKeyId OTHER = new ApiKeyId("000000000000");
  private static final RateLimit LIMIT = limit(500);
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final WindowStore windows = new InMemoryStores().windows();
  private final List<String> events = new ArrayList<>();
  private long millis = 5_000_000;
  private long wallAhead = Duration.ofDays(20_000).toMillis();
  private Fate fate = Fate.DONE;
  private RollingWindowLimiter node = start();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 24, 25, 26, 49, 50, 51, 333, 499, 500})
  @DisplayName("ALL-4 MEMO-9 after a restart in order exactly what was left is left")
  void restart_inOrder_leavesExactlyTheRest(int used) {
    assertThat(admitted(LIMIT, used)).isEqualTo(used);

    node.close();
    millis += 3_000;
    node = start();

    assertThat(admitted(LIMIT, 600)).isEqualTo(500 - used);
    assertThat(events).doesNotContain("last run broke off");
    millis += 60_001;
    assertThat(admitted(LIMIT, 600)).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 24, 25, 49, 50, 51, 333, 500})
  @DisplayName("ALL-4 after a crash a tenth counts as used beyond what was written down")
  void restart_afterACrash_countsATenthAsUsed(int used) {
    admitted(LIMIT, used);

    node = start();

    assertThat(events).containsOnlyOnce("last run broke off");
    int left = admitted(LIMIT, 600);
    assertThat(left).isLessThanOrEqualTo(500 - used).isGreaterThanOrEqualTo(500 - used - 50);
    millis += 60_200;
    assertThat(admitted(LIMIT, 600)).isEqualTo(500);
  }

  @Test
  @DisplayName("ALL-4 each crash within a window counts, and none after it")
  void restart_afterSeveralCrashes_countsEach() {
    node = start();
    millis += 1_000;
    node = start();
    assertThat(admitted(LIMIT, 600)).isEqualTo(400);

    millis += 61_000;
    node.close();
    node = start();
    assertThat(admitted(LIMIT, 600)).isEqualTo(500);
  }

  @Test
  void acquireIfReady_firstInAYoungNode_leavesTheReadingToAcquire() {
    assertThat(Limiters.acquireIfReady(node, LIMIT, KEY)).isNull();
    assertThat(Limiters.acquire(node, LIMIT, KEY).remaining()).isEqualTo(499);
    assertThat(Limiters.acquireIfReady(node, LIMIT, KEY)).isNotNull();
    assertThat(Limiters.acquireIfReady(node, LIMIT, OTHER)).isNull();
  }

  @Test
  void acquireIfReady_inANodeOlderThanTheWindow_readsNothing() {
    fate = Fate.FAILED;
    millis += 60_001;

    assertThat(Limiters.acquireIfReady(node, LIMIT, KEY)).isNotNull();
  }

  @Test
  @DisplayName("ALL-4 while nothing can be written a tenth is admitted, and then nobody can tell")
  void acquire_whileTheStoreIsDown_admitsATenth() {
    Limiters.acquire(node, LIMIT, KEY);
    node.close();
    node = start();
    Limiters.acquire(node, LIMIT, KEY);
    fate = Fate.FAILED;

    int more = 0;
    while (Limiters.acquireIfReady(node, LIMIT, KEY) != null) {
      more++;
    }

    assertThat(more).isEqualTo(49);
    assertThatThrownBy(() -> Limiters.acquire(node, LIMIT, KEY))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> Limiters.acquire(node, LIMIT, OTHER))
        .isInstanceOf(UnavailableException.class);
    fate = Fate.DONE;
    assertThat(admitted(LIMIT, 600)).isEqualTo(500 - 51);
  }

  @Test
  void acquire_whatLeftTheWindowUnwritten_takesNothingFromTheReserve() {
    Limiters.acquire(node, LIMIT, KEY);
    fate = Fate.FAILED;

    for (int i = 0; i < 10; i++) {
      millis += 60_001;
      assertThat(
              IntStream.range(0, 50)
                  .allMatch(_ -> Limiters.acquireIfReady(node, LIMIT, KEY) != null))
          .isTrue();
    }
  }

  @Test
  @DisplayName("a window is written when half its reserve is used, and at most 21 times")
  void acquire_throughAWholeWindow_writesFewEntries() {
    for (int i = 0; i < 24; i++) {
      Limiters.acquire(node, LIMIT, KEY);
    }
    assertThat(events).doesNotContain("due");
    node.writeDue();
    assertThat(entries()).isZero();

    Limiters.acquire(node, LIMIT, KEY);
    assertThat(events).containsOnlyOnce("due");
    node.writeDue();
    assertThat(entries()).isEqualTo(1);
    while (Limiters.acquire(node, LIMIT, KEY).admitted()) {
      if (events.remove("due")) {
        node.writeDue();
      }
    }
    assertThat(entries()).isBetween(10, 21);
  }

  @Test
  void acquire_beforeTheBeginningOrAfterTheEnd_isUnavailable() {
    var unbegun = new RollingWindowLimiter(windows, clock(), Limiters.NO_EVENTS);
    assertThat(Limiters.acquireIfReady(unbegun, LIMIT, KEY)).isNull();
    assertThatThrownBy(() -> Limiters.acquire(unbegun, LIMIT, KEY))
        .isInstanceOf(UnavailableException.class);

    Limiters.acquire(node, LIMIT, KEY);
    node.close();
    assertThat(Limiters.acquireIfReady(node, LIMIT, KEY)).isNull();
    assertThatThrownBy(() -> Limiters.acquire(node, LIMIT, KEY))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void forgetWritten_beforeTheBeginning_forgetsNothing() {
    admitted(LIMIT, 500);
    node.close();
    var unbegun =
        new RollingWindowLimiter(
            windows, new NodeClock(() -> DAY_MILLIS, Instant::now), Limiters.NO_EVENTS);

    unbegun.forgetWritten();

    node = start();
    assertThat(admitted(LIMIT, 600)).isZero();
    millis += 60_300;
    node.forgetWritten();
    assertThat(entries()).isZero();
  }

  @Test
  void close_thatCannotWrite_isTakenForACrash() {
    admitted(LIMIT, 100);
    fate = Fate.FAILED;
    assertThatThrownBy(node::close).isInstanceOf(UnavailableException.class);
    fate = Fate.DONE;

    node = start();

    assertThat(events).contains("last run broke off");
    assertThat(admitted(LIMIT, 600)).isBetween(350, 400);
  }

  @Test
  @DisplayName("ALL-4 a lower limit after a restart is kept at once, a higher one too")
  void restart_withAnotherLimit_keepsTheNewOne() {
    admitted(LIMIT, 300);
    node.close();
    node = start();
    assertThat(admitted(limit(200), 300)).isZero();
    node.close();
    node = start();
    assertThat(admitted(limit(400), 600)).isEqualTo(100);
  }

  @Test
  @DisplayName("ALL-4 a clock set forward while the node runs makes nothing look old")
  void clockSetForward_isNoticedAndMakesNothingOld() {
    admitted(LIMIT, 500);
    wallAhead += DAY_MILLIS;
    node.writeDue();
    assertThat(events).containsOnlyOnce("clock set by " + DAY_MILLIS);
    assertThat(node.clockSettings()).isEqualTo(1);

    node = start();
    assertThat(admitted(LIMIT, 600)).isZero();
    node.close();
    node = start();
    assertThat(admitted(LIMIT, 600)).isZero();
    assertThat(node.clockSettings()).isZero();
  }

  @Test
  @DisplayName("ALL-4 what a node finds and never looks at is moved with the clock as well")
  void clockSetForward_beforeAWindowIsRead_makesNothingOld() {
    admitted(LIMIT, 500);
    node.close();
    node = start();
    wallAhead += DAY_MILLIS;
    node.close();
    node = start();
    wallAhead += DAY_MILLIS;

    assertThat(admitted(LIMIT, 600)).isZero();
  }

  @Test
  void clockSetBack_whileTheNodeIsDown_countsFromNowOn() {
    admitted(LIMIT, 500);
    node.close();
    wallAhead -= DAY_MILLIS;
    node = start();

    assertThat(admitted(LIMIT, 600)).isZero();
    millis += 59_000;
    node.close();
    node = start();
    assertThat(admitted(LIMIT, 600)).isZero();
    millis += 1_300;
    assertThat(admitted(LIMIT, 600)).isEqualTo(500);
  }

  @Test
  void moveThatFails_isAskedAgainBeforeAnythingIsWritten() {
    admitted(LIMIT, 500);
    wallAhead += DAY_MILLIS;
    fate = Fate.DONE_AND_FAILED;
    assertThatThrownBy(node::writeDue).isInstanceOf(UnavailableException.class);
    wallAhead -= DAY_MILLIS;
    fate = Fate.DONE;
    node.writeDue();

    node = start();
    assertThat(admitted(LIMIT, 600)).isZero();
    millis += 60_200;
    assertThat(admitted(LIMIT, 600)).isEqualTo(500);
  }

  private int admitted(RateLimit limit, int attempts) {
    return (int)
        IntStream.range(0, attempts)
            .filter(_ -> Limiters.acquire(node, limit, KEY).admitted())
            .count();
  }

  private int entries() {
    return windows.read(Limiters.subject(KEY, "data"), 0).passed().size();
  }

  private NodeClock clock() {
    long zero = millis - 1_234;
    return new NodeClock(() -> millis - zero, () -> Instant.ofEpochMilli(millis + wallAhead));
  }

  private RollingWindowLimiter start() {
    var store = new FaultyWindows(windows, () -> fate, () -> {});
    var limiter = new RollingWindowLimiter(store, clock(), new Noted());
    limiter.begin();
    return limiter;
  }

  private static RateLimit limit(int requests) {
    return new RateLimit("data", requests, Duration.ofMinutes(1));
  }

  private final class Noted implements LimitEvents {
    @Override
    public void due() {
      events.add("due");
    }

    @Override
    public void lastRunBrokeOff() {
      events.add("last run broke off");
    }

    @Override
    public void clockSet(Duration by) {
      events.add("clock set by " + by.toMillis());
    }
  }
}
