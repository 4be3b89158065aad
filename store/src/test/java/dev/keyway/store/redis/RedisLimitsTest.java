package dev.keyway.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.limit.Charge;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.limit.LimitedCaller;
import dev.keyway.core.limit.Limits;
import dev.keyway.core.limit.RateLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Three nodes over a real server, in real time. */
class RedisLimitsTest {
  private static final int ALLOWED = 200;
  private static final Duration WINDOW = Duration.ofSeconds(1);

  private final AtomicBoolean begun = new AtomicBoolean();
  private final LocalRedis server = new LocalRedis();
  private final List<SharingNode> nodes = new ArrayList<>();
  private final Queue<Admission> admissions = new ConcurrentLinkedQueue<>();
  private final Charge charge = charge(ALLOWED, WINDOW);

  /** Between which instants it was admitted, and how much it cost. */
  private record Admission(long from, long to, int cost) {}

  @BeforeEach
  void begin() {
    for (int i = 0; i < 3; i++) {
      nodes.add(new SharingNode(server.settings(), "node" + i, 3, begun));
    }
    // Until all three are known, what may be others' share is held back.
    nodes.forEach(node -> awaitAdmission(node, SharingNode.caller("warm")));
  }

  @AfterEach
  void end() {
    nodes.forEach(SharingNode::close);
    server.close();
  }

  @Test
  @DisplayName("ALL-4 three nodes under a driver that strikes in bursts never admit more than q")
  void bursts_neverExceedTheLimit() {
    List<Thread> drivers = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    for (int i = 0; i < 6; i++) {
      SharingNode node = nodes.get(i % 3);
      LimitedCaller caller = SharingNode.caller("key");
      var random = new Random(i);
      drivers.add(Thread.ofPlatform().start(() -> drive(node, caller, random, end)));
    }
    drivers.forEach(RedisLimitsTest::join);

    assertThat(overshoot()).isNotPositive();
    // What is not admitted is what was in hands at the end of their lives, and in flight.
    assertThat(admissions).hasSizeGreaterThan(ALLOWED * 3);
  }

  @Test
  @DisplayName("ALL-4 a server that was killed and forgot everything gives no second window")
  void forgottenAdmissions_count() {
    SharingNode node = nodes.getFirst();
    LimitedCaller caller = SharingNode.caller("key");
    for (int i = 0; i < ALLOWED; i++) {
      admit(node, caller);
    }
    assertThat(admissions).hasSize(ALLOWED);
    server.restart();
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (admissions.size() < 2 * ALLOWED && System.nanoTime() < deadline) {
      admit(node, caller);
      LockSupport.parkNanos(100_000);
    }

    assertThat(overshoot()).isNotPositive();
    assertThat(admissions).hasSizeGreaterThanOrEqualTo(2 * ALLOWED);
  }

  @Test
  @DisplayName("ALL-4 a server that was flushed while it runs gives no second window")
  void flushedAdmissions_count() {
    SharingNode node = nodes.getFirst();
    LimitedCaller caller = SharingNode.caller("key");
    for (int i = 0; i < ALLOWED; i++) {
      admit(node, caller);
    }
    assertThat(admissions).hasSize(ALLOWED);
    assertThat(server.command("FLUSHALL")).isEqualTo("+OK");
    long deadline = System.nanoTime() + WINDOW.multipliedBy(2).toNanos();
    while (System.nanoTime() < deadline) {
      nodes.forEach(each -> admit(each, caller));
      LockSupport.parkNanos(1_000_000);
    }

    assertThat(overshoot()).isNotPositive();
  }

  @Test
  @DisplayName("ALL-4 without the server a node spends what it holds and then cannot tell")
  void lostServer_isNoLicence() {
    SharingNode node = nodes.getFirst();
    LimitedCaller caller = SharingNode.caller("key");
    for (int i = 0; i < 20; i++) {
      admit(node, caller);
    }
    server.kill();
    @Nullable LimitState state = node.ask(charge, caller);
    int spent = 0;
    while (state != null && state.admitted() && spent < ALLOWED) {
      spent++;
      state = node.ask(charge, caller);
    }

    assertThat(state).isNull();
    assertThat(spent).isLessThan(ALLOWED - 20);
  }

  @Test
  @DisplayName("a hot key is answered from memory, with few calls of the server")
  void hotKey_costsFewCalls() {
    SharingNode node = nodes.getFirst();
    LimitedCaller caller = SharingNode.caller("key");
    Charge wide = charge(100_000, Duration.ofMinutes(1));
    awaitAdmission(node, caller, wide);
    long calls = node.limiter().calls();
    long nanos = 0;
    int ready = 0;
    for (int i = 0; i < 20_000; i++) {
      long begun = System.nanoTime();
      boolean isReady = node.limiter().acquireIfReady(wide, caller) != null;
      nanos += System.nanoTime() - begun;
      ready += isReady ? 1 : 0;
      if (!isReady) {
        assertThat(node.ask(wide, caller)).isNotNull();
      }
    }
    double perThousand = (node.limiter().calls() - calls) / 20.0;
    System.out.printf(
        "%.1f calls per 1,000 requests, %d of 20,000 from memory, %.2f us each%n",
        perThousand, ready, nanos / 20_000_000.0);

    assertThat(perThousand).isLessThan(50);
    assertThat(ready).isGreaterThan(19_000);
  }

  private void drive(SharingNode node, LimitedCaller caller, Random random, long end) {
    while (System.nanoTime() < end) {
      int burst = random.nextInt(400);
      for (int i = 0; i < burst && System.nanoTime() < end; i++) {
        admit(node, caller);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(120)));
    }
  }

  private void admit(SharingNode node, LimitedCaller caller) {
    long from = System.nanoTime();
    @Nullable LimitState state = node.ask(charge, caller);
    long to = System.nanoTime();
    if (state != null && state.admitted()) {
      admissions.add(new Admission(from, to, 1));
    }
  }

  /** By how much the fullest window surely holds more than is allowed. */
  private int overshoot() {
    List<Admission> all =
        admissions.stream().sorted(Comparator.comparingLong(Admission::from)).toList();
    int most = 0;
    for (int i = 0; i < all.size(); i++) {
      long begin = all.get(i).from();
      int held = 0;
      for (int j = i; j < all.size() && all.get(j).from() - begin < WINDOW.toNanos(); j++) {
        held += all.get(j).to() - begin < WINDOW.toNanos() ? all.get(j).cost() : 0;
      }
      most = Math.max(most, held);
    }
    System.out.printf("%d admitted, the fullest window held %d%n", all.size(), most);
    return most - ALLOWED;
  }

  private void awaitAdmission(SharingNode node, LimitedCaller caller) {
    awaitAdmission(node, caller, charge);
  }

  private static void awaitAdmission(SharingNode node, LimitedCaller caller, Charge charge) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    @Nullable LimitState state = node.ask(charge, caller);
    while (state == null || !state.admitted()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
      state = node.ask(charge, caller);
    }
  }

  private static Charge charge(int requests, Duration window) {
    var limits = Limits.of(List.of(new RateLimit("some", requests, window)));
    return Objects.requireNonNull(limits.charge(List.of("some"), 1));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
