package dev.keyway.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.limit.CountedBy;
import dev.keyway.core.limit.CountedSubject;
import dev.keyway.core.limit.NodesSeen;
import dev.keyway.core.limit.Period;
import dev.keyway.core.limit.SharedUnits;
import dev.keyway.core.limit.SharedUnits.Standing;
import dev.keyway.core.limit.UnitStore.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a real server holds back for nodes that are gone. */
class RedisSharesTest {
  private static final Period.Rolling MINUTE = new Period.Rolling(Duration.ofMinutes(1));
  private static final CountedSubject SUBJECT =
      new CountedSubject("some", CountedBy.KEY, "key_00000000000000000000000000");
  private static final int ALLOWED = 30;
  private static final long LONG = Duration.ofHours(1).toMillis();

  /** More than a node is new, and less than units of a minute count. */
  private static final long YOUNG = SharedUnits.YOUNG_MILLIS + 1_000;

  private final LocalRedis server = new LocalRedis();
  private final List<RedisUnits> all = new ArrayList<>();
  private final RedisUnits a = node("a");
  private final RedisUnits b = node("b");
  private final RedisUnits c = node("c");
  private long number;

  @BeforeEach
  void begin() {
    List.of(a, b, c).forEach(node -> hear(node, LONG, 0));
  }

  @AfterEach
  void end() {
    all.forEach(RedisUnits::close);
    server.close();
  }

  @Test
  @DisplayName(
      "ALL-4 a node that comes for another one does not free what that one may have admitted")
  void newNode_doesNotStandForAnother() {
    silenceC();
    assertThat(drain(LONG)).isEqualTo(ALLOWED * 2 / 3);

    RedisUnits instead = node("instead");
    hear(instead, YOUNG, 0);
    assertThat(drain(LONG)).isZero();
    hear(instead, LONG, 0);
    assertThat(drain(LONG)).isEqualTo(ALLOWED / 3);
  }

  @Test
  @DisplayName(
      "ALL-4 a node that does not know how many there were leaves silent ones their shares")
  void newNode_leavesTheSilentTheirShares() {
    silenceC();

    assertThat(drain(0)).isEqualTo(ALLOWED * 2 / 3);
  }

  @Test
  @DisplayName("ALL-4 a node that stops leaves the share that it took behind")
  void share_staysWhenItsNodeLeaves() {
    hear(c, LONG, 3);
    c.leave();

    assertThat(drain(LONG)).isEqualTo(ALLOWED * 2 / 3);
  }

  @Test
  void nodeThatTookNoShare_leavesNothingBehind() {
    c.leave();

    assertThat(drain(LONG)).isEqualTo(ALLOWED);
  }

  @Test
  @DisplayName("ALL-4 of two shares that may both count the greater one is held back")
  void smallerShare_doesNotReplaceAGreaterOne() {
    hear(c, LONG, 2);
    hear(c, LONG, 0);
    hear(c, LONG, 3);

    assertThat(drain(LONG)).isEqualTo(ALLOWED / 2);
  }

  @Test
  @DisplayName(
      "ALL-4 a clock that is set forward while only a node that starts looks frees nothing")
  void clockSetUnwatched_freesNothing() {
    assertThat(drain(LONG)).isEqualTo(ALLOWED);
    // The clock is ahead of its last reading by so much, and what counts is as old as it was.
    long ahead = MINUTE.window().multipliedBy(2).toMillis();
    for (String field : List.of("last", "stood")) {
      String command = "HINCRBY " + RedisUnits.STATE + " " + field + " -" + ahead;
      assertThat(server.command(command)).startsWith(":");
    }

    assertThat(drain(node("new"), LONG)).isZero();
  }

  private RedisUnits node(String name) {
    var beginning =
        new RedisUnits.Beginning() {
          @Override
          public boolean isFirst() {
            return all.size() < 4;
          }

          @Override
          public void begun() {}
        };
    var node = new RedisUnits(server.settings(), name, beginning, System::nanoTime);
    all.add(node);
    return node;
  }

  /** The others go on until the server has not heard of it for long enough. */
  private void silenceC() {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun <= Duration.ofMillis(SharedUnits.SILENT_MILLIS).toNanos()) {
      hear(a, LONG, 0);
      hear(b, LONG, 0);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private void hear(RedisUnits node, long memberMillis, int sharedDivisor) {
    assertThat(node.claim(standing(memberMillis, sharedDivisor), List.of())).isEmpty();
  }

  /** All that one is granted. */
  private int drain(long memberMillis) {
    return drain(a, memberMillis);
  }

  private int drain(RedisUnits node, long memberMillis) {
    int granted = 0;
    for (int got = 1; got > 0; granted += got) {
      var claim =
          new Claim(SUBJECT, MINUTE, "a:" + ++number, ALLOWED, number, 0, 0, 0, 0, 1, ALLOWED);
      got = node.claim(standing(memberMillis, 0), List.of(claim)).getFirst().units();
    }
    return granted;
  }

  private static Standing standing(long memberMillis, int sharedDivisor) {
    var seen = new NodesSeen(Long.MAX_VALUE / 2);
    seen.see(3, 0);
    return new Standing(seen, LONG, memberMillis, 3, sharedDivisor);
  }
}
