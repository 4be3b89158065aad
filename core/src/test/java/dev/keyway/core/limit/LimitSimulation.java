package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.limit.FaultyWindows.Crash;
import dev.keyway.core.limit.FaultyWindows.Fate;
import dev.keyway.core.memory.InMemoryStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One key at a row of nodes, each with the store that the last one left, through crashes, failing
 * writes and clocks that are set; and the true history, against which every answer is checked.
 */
final class LimitSimulation {
  private static final ApiKeyId KEY = new ApiKeyId("a1B2c3D4e5F6");

  private static final List<Fate> FATES = List.of(Fate.values());

  /** Times are milliseconds to the limiter, and each may be cut off once. */
  private static final long GRAIN_MICROS = 2_000;

  private static final long MARGIN_MICROS = 2 * WindowBooks.MARGIN_MILLIS * 1_000;

  private final Random random;
  private final WindowStore windows = new InMemoryStores().windows();
  private final boolean clocksAreSet;
  private final boolean storeFails;

  /** True time. */
  private long micros = 10_000_000;

  private long wallAheadMicros = Duration.ofDays(20_000).toMillis() * 1_000;
  private RateLimit limit;
  private RollingWindowLimiter node;
  private long begunAt;
  private boolean isFaultless;
  private boolean isWriting;
  private boolean isUnordered;

  private final List<Long> admitted = new ArrayList<>();
  private final List<Long> gaps = new ArrayList<>();
  private int refused;
  private int crashes;

  LimitSimulation(int seed, boolean clocksAreSet, boolean storeFails) {
    this.random = new Random(seed);
    this.clocksAreSet = clocksAreSet;
    this.storeFails = storeFails;
    this.limit =
        new RateLimit(
            "data", 1 + random.nextInt(60), Duration.ofMillis(1_000 + random.nextInt(999)));
    this.node = start();
  }

  List<Long> admitted() {
    return admitted;
  }

  int refused() {
    return refused;
  }

  int crashes() {
    return crashes;
  }

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      micros += gap();
      try {
        step();
      } catch (UnavailableException e) {
        // Whoever asked is told so.
      } catch (Crash e) {
        crashed();
      }
    }
  }

  private void step() {
    switch (random.nextInt(100)) {
      case 0 -> crashed();
      case 1, 2 -> restart();
      case 3 -> node.dropIdle();
      case 4 -> node.forgetWritten();
      case 5, 6, 7, 8 -> node.writeDue();
      case 9 -> {
        if (clocksAreSet) {
          setClock();
        }
      }
      default -> ask();
    }
  }

  private void ask() {
    LimitState state =
        random.nextInt(3) == 0 || isWriting
            ? Limiters.acquireIfReady(node, limit, KEY)
            : Limiters.acquire(node, limit, KEY);
    if (state == null) {
      return;
    }
    if (state.admitted()) {
      admitted.add(micros);
      assertThat(admittedSince(micros - windowMicros()))
          .as("of %s in a window", limit)
          .isLessThanOrEqualTo(Limiters.requests(limit));
    } else {
      refused++;
      checkRefusal();
    }
  }

  /** A refusal has to have its reason in the true history, and in what a crash leaves unknown. */
  private void checkRefusal() {
    if (clocksAreSet || storeFails) {
      return;
    }
    long window = windowMicros() + GRAIN_MICROS;
    if (micros - begunAt > window + MARGIN_MICROS) {
      assertThat(admittedSince(micros - window)).isGreaterThanOrEqualTo(Limiters.requests(limit));
      return;
    }
    // What was written as one entry counts from its last admission on.
    long counted = admittedSince(micros - 2 * window - MARGIN_MICROS);
    long unknown = gaps.stream().filter(gap -> gap > micros - window - MARGIN_MICROS).count();
    assertThat(counted + unknown * limit.reserve(Limiters.requests(limit)))
        .isGreaterThanOrEqualTo(Limiters.requests(limit));
  }

  private long admittedSince(long after) {
    int i = admitted.size();
    while (i > 0 && admitted.get(i - 1) > after) {
      i--;
    }
    return (long) admitted.size() - i;
  }

  private void restart() {
    try {
      node.close();
      isUnordered = false;
      limit = new RateLimit("data", otherRequests(), Limiters.window(limit));
    } catch (UnavailableException e) {
      isUnordered = true;
    }
    down();
  }

  /** Not while a gap counts: it counts a tenth of what the limit is, and not of what it was. */
  private int otherRequests() {
    long window = windowMicros() + MARGIN_MICROS;
    boolean isKnown = gaps.isEmpty() || micros - gaps.getLast() > window;
    return isKnown && random.nextInt(4) == 0 ? 1 + random.nextInt(60) : Limiters.requests(limit);
  }

  private void crashed() {
    crashes++;
    isUnordered = true;
    down();
  }

  private void down() {
    micros += random.nextBoolean() ? random.nextInt(3_000) : random.nextLong(windowMicros());
    if (clocksAreSet && random.nextInt(4) == 0) {
      wallAheadMicros -= random.nextLong(Duration.ofHours(1).toMillis() * 1_000);
    }
    node = start();
  }

  private RollingWindowLimiter start() {
    long zero = micros - random.nextLong(100_000_000);
    var clock =
        new NodeClock(
            () -> Math.floorDiv(micros - zero, 1_000L),
            () -> Instant.ofEpochMilli(Math.floorDiv(micros + wallAheadMicros, 1_000L)));
    var store = new FaultyWindows(windows, this::fate, this::meanwhile);
    while (true) {
      var started = new RollingWindowLimiter(store, clock, Limiters.NO_EVENTS);
      try {
        noteBeginning();
        started.begin();
        isUnordered = false;
        return started;
      } catch (UnavailableException | Crash e) {
        // It may have begun without anybody's knowing: then the next finds it not ended.
        isUnordered = true;
      }
    }
  }

  private void noteBeginning() {
    begunAt = micros;
    if (isUnordered) {
      gaps.add(micros);
    }
  }

  /** While the node runs; going forward it must be noticed before the node ends. */
  private void setClock() {
    long by = random.nextLong(Duration.ofDays(1).toMillis() * 1_000);
    wallAheadMicros += random.nextBoolean() ? by : -by;
    isFaultless = random.nextBoolean();
    do {
      try {
        node.writeDue();
        isFaultless = true;
      } catch (UnavailableException | Crash e) {
        isFaultless = true;
        continue;
      }
      break;
    } while (true);
    isFaultless = false;
  }

  /** Others go on while a write is under way. */
  private void meanwhile() {
    if (isWriting) {
      return;
    }
    isWriting = true;
    try {
      for (int i = random.nextInt(6); i > 0; i--) {
        micros += random.nextInt(300);
        ask();
      }
    } finally {
      isWriting = false;
    }
  }

  private Fate fate() {
    if (isFaultless || random.nextInt(12) != 0) {
      return Fate.DONE;
    }
    return storeFails
        ? FATES.get(random.nextInt(FATES.size()))
        : random.nextBoolean() ? Fate.CRASHED : Fate.DONE_AND_CRASHED;
  }

  private long windowMicros() {
    return Limiters.window(limit).toMillis() * 1_000;
  }

  /** Bursts, crawls and waits of about a window. */
  private long gap() {
    long window = windowMicros();
    return switch (random.nextInt(12)) {
      case 0 -> window - 1_000 + random.nextInt(2_000);
      case 1, 2 -> random.nextLong(2 * window / Limiters.requests(limit) + 1);
      case 3, 4 -> random.nextInt(2_000);
      case 5 -> random.nextLong(window);
      default -> 0;
    };
  }
}
