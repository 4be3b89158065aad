package dev.keyway.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.change.Entity;
import dev.keyway.core.contract.Together;
import dev.keyway.core.lease.SoleNodeLease;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenExchangesTest {
  private final ChangeSlots slots = new ChangeSlots();
  private final OpenExchanges open = new OpenExchanges(slots, new SoleNodeLease());

  @Test
  void cut_ofAKey_cutsItsExchangesOnly() {
    TestExchange first = enter(1);
    TestExchange second = enter(1);
    TestExchange other = enter(2);

    open.cut(TestKeys.narrowing(1, TestKeys.entity(TestKeys.key(1, 0))));

    assertThat(first.isCut()).isTrue();
    assertThat(second.isCut()).isTrue();
    assertThat(other.isCut()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dependencies")
  void cut_ofWhatAKeyDependsOn_cutsItsExchange(Entity entity) {
    TestExchange exchange = enter(1);

    open.cut(TestKeys.narrowing(1, new Entity(Entity.Kind.KEY, "key_000000000009"), entity));

    assertThat(exchange.isCut()).isTrue();
  }

  static Stream<Entity> dependencies() {
    return Stream.of(
        new Entity(Entity.Kind.ACCOUNT, "acc_1"),
        new Entity(Entity.Kind.WORKSPACE, "ws_1"),
        new Entity(Entity.Kind.RESOURCE, "res_1"));
  }

  @Test
  void cut_ofOtherThings_leavesTheExchange() {
    TestExchange exchange = enter(1);

    open.cut(
        TestKeys.narrowing(
            1,
            new Entity(Entity.Kind.ACCOUNT, "acc_2"),
            new Entity(Entity.Kind.WORKSPACE, "acc_1"),
            new Entity(Entity.Kind.OPERATOR_KEY, "key_000000000001"),
            new Entity(Entity.Kind.RESOURCE, "RES_1")));

    assertThat(exchange.isCut()).isFalse();
  }

  @Test
  void cut_completesWhenEveryExchangeIsSilent() {
    TestExchange quick = enter(1);
    var slow = new TestExchange();
    open.enter(slow, TestKeys.key(1, 0));
    quick.fallSilent();

    CompletableFuture<?> cut =
        open.cut(TestKeys.narrowing(1, TestKeys.entity(TestKeys.key(1, 0)))).toCompletableFuture();

    assertThat(cut).isNotDone();
    slow.fallSilent();
    assertThat(cut).isCompleted();
  }

  @Test
  @DisplayName(
      "MEKO-8 an exchange that fails to be cut keeps no other open, and is not passed over")
  void cut_oneThatThrows_cutsTheOthersAndSaysSo() {
    TestExchange before = enter(1);
    open.enter(
        () -> {
          throw new IllegalStateException("a broken exchange");
        },
        TestKeys.key(1, 0));
    TestExchange after = enter(1);

    CompletableFuture<?> cut =
        open.cut(TestKeys.narrowing(1, TestKeys.entity(TestKeys.key(1, 0)))).toCompletableFuture();

    assertThat(before.isCut()).isTrue();
    assertThat(after.isCut()).isTrue();
    before.fallSilent();
    after.fallSilent();
    assertThat(cut).isCompletedExceptionally();
  }

  @Test
  void enter_keyThatHasChangedSince_isRefusedAndNotHeld() {
    slots.apply(TestKeys.narrowing(5, TestKeys.entity(TestKeys.key(1, 0))));

    assertThat(open.enter(new TestExchange(), TestKeys.key(1, 4))).isFalse();
    assertThat(open.size()).isZero();
    assertThat(open.enter(new TestExchange(), TestKeys.key(1, 5))).isTrue();
    assertThat(open.size()).isEqualTo(1);
  }

  @Test
  void leave_endedExchange_isNotCut() {
    TestExchange exchange = enter(1);

    open.leave(exchange);
    open.leave(exchange);
    open.cut(TestKeys.narrowing(1, TestKeys.entity(TestKeys.key(1, 0))));

    assertThat(exchange.isCut()).isFalse();
    assertThat(open.size()).isZero();
  }

  @Test
  @DisplayName("MEMO-3 an exchange ends when its key expires")
  void cutExpired_cutsFromTheInstantOfExpiryOn() {
    Instant expiresAt = Instant.parse("2026-03-01T10:00:00.123Z");
    var exchange = new TestExchange();
    open.enter(exchange, TestKeys.key(1, 0, expiresAt));
    TestExchange forever = enter(2);

    open.cutExpired(expiresAt.toEpochMilli() - 1);
    assertThat(exchange.isCut()).isFalse();

    open.cutExpired(expiresAt.toEpochMilli());
    assertThat(exchange.isCut()).isTrue();
    assertThat(forever.isCut()).isFalse();
  }

  @Test
  @DisplayName("ALL-3 a change that takes effect while an exchange enters refuses it")
  void enter_changeComesJustBeforeItIsHeld_isRefused() {
    Change change = TestKeys.narrowing(1, TestKeys.entity(TestKeys.key(1, 0)));
    var exchange =
        new TestExchange() {
          private boolean isEntering = true;

          @Override
          public boolean equals(@Nullable Object other) {
            return this == other;
          }

          // Asked for by the map of open exchanges, right before it holds this one.
          @Override
          public int hashCode() {
            if (isEntering) {
              isEntering = false;
              slots.apply(change);
              open.cut(change);
            }
            return 1;
          }
        };

    assertThat(open.enter(exchange, TestKeys.key(1, 0))).isFalse();
    assertThat(open.size()).isZero();
  }

  @Test
  @DisplayName("ALL-3 whoever enters while a change takes effect is refused or cut, always")
  void enter_whileAChangeIsApplied_neverSlipsThrough() {
    int rounds = 5_000;
    VerifiableKey[] keys = new VerifiableKey[rounds];
    TestExchange[] entering = new TestExchange[rounds];
    Change[] changes = new Change[rounds];
    boolean[] allowed = new boolean[rounds];
    for (int round = 0; round < rounds; round++) {
      keys[round] = TestKeys.key(1, round);
      entering[round] = new TestExchange();
      changes[round] = TestKeys.narrowing(round + 1, TestKeys.entity(keys[round]));
    }

    Together.race(
        rounds,
        round -> allowed[round] = open.enter(entering[round], keys[round]),
        round -> {
          slots.apply(changes[round]);
          open.cut(changes[round]);
        },
        round -> {
          assertThat(!allowed[round] || entering[round].isCut()).isTrue();
          open.leave(entering[round]);
        });

    assertThat(open.size()).isZero();
  }

  private TestExchange enter(int number) {
    var exchange = new TestExchange();
    assertThat(open.enter(exchange, TestKeys.key(number, 0))).isTrue();
    return exchange;
  }
}
