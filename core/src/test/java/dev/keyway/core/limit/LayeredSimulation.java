package dev.keyway.core.limit;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.limit.FaultyWindows.Crash;
import dev.keyway.core.limit.FaultyWindows.Fate;
import dev.keyway.core.memory.InMemoryStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Keys of two members in two workspaces that change their plans, under limits of all kinds at once,
 * at a row of nodes that end, crash and fail to write; and the true history, against which every
 * answer is held.
 */
final class LayeredSimulation {
  /** Times are milliseconds to the limiter, and each may be cut off once. */
  private static final long GRAIN_MICROS = 2_000;

  private static final List<Fate> FATES = List.of(Fate.values());
  private static final List<String> PLANS = List.of("free", "pro", "none");

  /** A little before the end of a year. */
  private static final long EPOCH = Instant.parse("2027-12-31T23:59:40Z").toEpochMilli();

  private final Random random;
  private final boolean hasFaults;
  private WrongLimiter.@Nullable Kind error;
  private final WindowStore windows = new InMemoryStores().windows();
  private final AdmissionRecord record = new AdmissionRecord();
  private final List<RateLimit> limits;
  private final Limits named;
  private final String[] plans = {"free", "pro"};

  private long micros = 10_000_000;
  private RollingWindowLimiter node;
  private RateLimiter asked;
  private List<TestCaller> callers = List.of();
  private long begunAt;

  int admitted;
  int refused;
  int crashes;

  /** The first answer that was wrong, in words; empty for none. */
  String mistake = "";

  /**
   * A simulation.
   *
   * @param hasFaults whether nodes crash and writes fail; otherwise each refusal has to have its
   *     reason in the true history
   */
  LayeredSimulation(int seed, boolean hasFaults) {
    this.random = new Random(seed);
    this.hasFaults = hasFaults;
    var window = new Period.Rolling(Duration.ofMillis(1_000 + random.nextInt(999)));
    var longer = new Period.Rolling(Duration.ofMillis(2_000 + random.nextInt(3_000)));
    this.limits =
        List.of(
            new RateLimit("data", same(8 + random.nextInt(40)), window, CountedBy.KEY),
            new RateLimit("mine", same(20 + random.nextInt(60)), window, CountedBy.MEMBER),
            new RateLimit("team", byPlan(12, 200), longer, CountedBy.WORKSPACE),
            new RateLimit("all", byPlan(40, 300), longer, CountedBy.PLAN),
            new RateLimit(
                "daily", same(300 + random.nextInt(900)), Period.Calendar.DAY, CountedBy.KEY),
            new RateLimit(
                "monthly", byPlan(60, 4_000), Period.Calendar.MONTH, CountedBy.WORKSPACE));
    this.named = Limits.of(limits);
    this.node = start();
    this.asked = node;
  }

  private Allowance same(long requests) {
    return new Allowance.Same(requests);
  }

  private Allowance byPlan(int free, int pro) {
    return new Allowance.ByPlan(
        Map.of("free", 5L + random.nextInt(free), "pro", (long) free + random.nextInt(pro)));
  }

  /** Puts a wrong limiter in place of the right one, to see it caught. */
  void spoil(WrongLimiter.Kind by) {
    error = by;
    asked = new WrongLimiter(node, by, this::epochMillis);
  }

  void run(int steps) {
    for (int i = 0; i < steps && mistake.isEmpty(); i++) {
      micros += gap();
      try {
        step();
      } catch (UnavailableException e) {
        // Whoever asked is told so, and nothing was counted.
      } catch (Crash e) {
        crashed();
      }
    }
  }

  private void step() {
    switch (random.nextInt(200)) {
      case 0 -> {
        if (hasFaults) {
          crashed();
        }
      }
      case 1, 2 -> restart();
      case 3, 4 -> node.dropIdle();
      case 5 -> node.forgetWritten();
      case 6, 7, 8, 9, 10, 11 -> node.writeDue();
      case 12 -> {
        plans[random.nextInt(plans.length)] = PLANS.get(random.nextInt(PLANS.size()));
        readKeys();
      }
      default -> ask();
    }
  }

  private void ask() {
    TestCaller caller = callers.get(random.nextInt(callers.size()));
    Charge charge = charge();
    LimitState state =
        random.nextBoolean() ? asked.acquireIfReady(charge, caller) : asked.acquire(charge, caller);
    if (state == null || !state.isCounted()) {
      return;
    }
    if (state.admitted()) {
      admitted++;
      admitted(caller, charge);
    } else {
      refused++;
      refused(caller, charge);
    }
  }

  private void admitted(TestCaller caller, Charge charge) {
    for (RateLimit limit : charge.limits().limits()) {
      long allowed = limit.requests().on(caller.plan());
      if (allowed == 0) {
        continue;
      }
      CountedSubject subject = subject(limit, caller);
      record.admitted(subject, limit.period(), micros, epochMillis(), charge.cost());
      long used = record.used(subject, limit.period(), micros, epochMillis(), 0);
      if (used > allowed) {
        mistake = "admitted %d of %d: %s".formatted(used, allowed, limit);
      }
    }
  }

  /** Some limit must have its reason, in the true history. */
  private void refused(TestCaller caller, Charge charge) {
    if (hasFaults) {
      return;
    }
    for (RateLimit limit : charge.limits().limits()) {
      long allowed = limit.requests().on(caller.plan());
      long used =
          record.used(subject(limit, caller), limit.period(), micros, epochMillis(), margin(limit));
      if (allowed > 0 && used + charge.cost() > allowed) {
        return;
      }
    }
    mistake = "refused without a reason: " + charge;
  }

  /**
   * What was written as one entry counts from its last request on, for one window after a start.
   */
  private long margin(RateLimit limit) {
    if (!(limit.period() instanceof Period.Rolling(var window))) {
      return 0;
    }
    long length = window.toMillis() * 1_000 + 3 * WindowBooks.MARGIN_MILLIS * 1_000;
    return micros - begunAt < length ? length : GRAIN_MICROS;
  }

  private CountedSubject subject(RateLimit limit, TestCaller caller) {
    return new CountedSubject(limit.name(), limit.by(), caller.idOf(limit.by()));
  }

  private Charge charge() {
    var names = new ArrayList<String>();
    for (RateLimit limit : limits) {
      if (random.nextInt(3) == 0) {
        names.add(limit.name());
      }
    }
    int cost = random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 1;
    Charge charge = named.charge(names, cost);
    return charge != null ? charge : charge();
  }

  private void restart() {
    try {
      node.close();
    } catch (UnavailableException e) {
      crashes++;
    }
    down();
  }

  private void crashed() {
    crashes++;
    down();
  }

  private void down() {
    micros += random.nextBoolean() ? random.nextInt(3_000) : random.nextInt(1_500_000);
    node = start();
    asked = error == null ? node : new WrongLimiter(node, error, this::epochMillis);
  }

  private RollingWindowLimiter start() {
    long zero = micros - random.nextInt(100_000_000);
    var clock =
        new NodeClock(
            () -> Math.floorDiv(micros - zero, 1_000L), () -> Instant.ofEpochMilli(epochMillis()));
    while (true) {
      var started =
          new RollingWindowLimiter(
              new FaultyWindows(windows, this::fate, () -> {}), clock, Limiters.NO_EVENTS);
      try {
        started.begin();
        begunAt = micros;
        readKeys();
        return started;
      } catch (UnavailableException | Crash e) {
        crashes++;
      }
    }
  }

  private void readKeys() {
    callers =
        List.of(
            new TestCaller("key_1", "acc_1", "ws_1", plans[0]),
            new TestCaller("key_2", "acc_1", "ws_2", plans[1]),
            new TestCaller("key_3", "acc_2", "ws_1", plans[0]),
            new TestCaller("key_4", "acc_2", "ws_2", plans[1]));
  }

  private Fate fate() {
    if (!hasFaults || random.nextInt(60) != 0) {
      return Fate.DONE;
    }
    return FATES.get(random.nextInt(FATES.size()));
  }

  private long epochMillis() {
    return EPOCH + Math.floorDiv(micros, 1_000L);
  }

  /** Bursts, crawls, and waits of about a window. */
  private long gap() {
    long window = Limiters.window(limits.getFirst()).toMillis() * 1_000;
    return switch (random.nextInt(60)) {
      case 0 -> window - 1_000 + random.nextInt(2_000);
      case 1 -> random.nextLong(3 * window);
      case 2, 3, 4, 5, 6 -> random.nextInt(20_000);
      case 7 -> random.nextInt(400) == 0 ? Duration.ofHours(20).toMillis() * 1_000 : 0;
      default -> 0;
    };
  }
}
