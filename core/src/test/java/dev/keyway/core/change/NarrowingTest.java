package dev.keyway.core.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.lease.SoleNodeLease;
import dev.keyway.core.verify.OpenExchanges;
import dev.keyway.core.verify.TestExchange;
import dev.keyway.core.verify.TestKeys;
import dev.keyway.core.verify.VerifiableKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NarrowingTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00.123Z");
  private static final VerifiableKey KEY = TestKeys.key(1, 0);
  private static final VerifiableKey OTHER = TestKeys.key(2, 0);

  private final ChangeSlots slots = new ChangeSlots();
  private final OpenExchanges exchanges = new OpenExchanges(slots, new SoleNodeLease());
  private final NotedChanges log = new NotedChanges();
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final TestExchange exchange = new TestExchange();

  @Test
  @DisplayName("ALL-3 a change is said to hold only once every exchange of its keys is silent")
  void confirm_openExchange_waitsUntilItIsSilent() throws Exception {
    exchanges.enter(exchange, KEY);
    try (var thread = Executors.newSingleThreadExecutor()) {
      var confirmed = thread.submit(() -> narrowing(Duration.ofMinutes(1)).confirm(change(null)));
      exchange.awaitCut();

      assertThat(confirmed.isDone()).isFalse();
      assertThat(log.effectiveAt).isEmpty();
      assertThat(KEY.isCurrent(slots)).isFalse();

      Instant silentAt = START.plusMillis(250);
      now.set(silentAt);
      exchange.fallSilent();

      assertThat(confirmed.get())
          .isEqualTo(new Revocation(1, START.minusMillis(5), silentAt, 3, 1, 1));
      assertThat(log.effectiveAt).isEqualTo(Map.of(1L, silentAt));
    }
  }

  @Test
  @DisplayName("ALL-3 whoever comes while exchanges are being cut is refused already")
  void confirm_exchangeEntersDuringTheCut_isRefused() {
    var entered = new AtomicBoolean(true);
    exchanges.enter(
        () -> {
          entered.set(exchanges.enter(exchange, KEY));
          return CompletableFuture.completedStage(null);
        },
        KEY);

    narrowing(Duration.ofMinutes(1)).confirm(change(null));

    assertThat(entered.get()).isFalse();
  }

  @Test
  void confirm_nothingOpen_holdsAtOnce() {
    Revocation revocation = narrowing(Duration.ofMillis(1)).confirm(change(null));

    assertThat(revocation.effectiveAt()).isEqualTo(START);
    assertThat(slots.applied()).isEqualTo(1);
  }

  @Test
  @DisplayName("ALL-3 what cannot be cut in time is not said to hold, and new requests are refused")
  void confirm_exchangeStaysOpen_isUnconfirmed() {
    exchanges.enter(exchange, KEY);

    assertThatThrownBy(() -> narrowing(Duration.ofMillis(20)).confirm(change(null)))
        .isInstanceOf(UnconfirmedException.class)
        .hasMessageContaining("1");

    assertThat(log.effectiveAt).isEmpty();
    assertThat(exchange.isCut()).isTrue();
    assertThat(KEY.isCurrent(slots)).isFalse();
  }

  @Test
  void confirm_exchangeThatFailsToBeCut_isUnconfirmed() {
    exchanges.enter(
        () -> {
          throw new IllegalStateException("a broken exchange");
        },
        KEY);

    assertThatThrownBy(() -> narrowing(Duration.ofMinutes(1)).confirm(change(null)))
        .isInstanceOf(UnconfirmedException.class);
    assertThat(log.effectiveAt).isEmpty();
  }

  @Test
  void confirm_repeatedOnceSilent_holdsSinceThen() {
    exchanges.enter(exchange, KEY);
    assertThatThrownBy(() -> narrowing(Duration.ofMillis(20)).confirm(change(null)))
        .isInstanceOf(UnconfirmedException.class);
    exchange.fallSilent();
    exchanges.leave(exchange);

    assertThat(narrowing(Duration.ofMinutes(1)).confirm(change(null)).effectiveAt())
        .isEqualTo(START);
  }

  @Test
  void confirm_changeThatHoldsAlready_keepsItsFirstInstant() {
    Instant earlier = START.minusSeconds(60);

    Revocation revocation = narrowing(Duration.ofMinutes(1)).confirm(change(earlier));

    assertThat(revocation.effectiveAt()).isEqualTo(earlier);
    assertThat(log.effectiveAt).isEmpty();
  }

  @Test
  @DisplayName("a widening change makes keys be read anew and cuts nothing")
  void confirm_widening_cutsNothing() {
    exchanges.enter(exchange, KEY);
    var change =
        new Change(1, 1, Change.Direction.WIDENS, START, null, 1, List.of(TestKeys.entity(KEY)));

    Revocation revocation = narrowing(Duration.ofMinutes(1)).confirm(change);

    assertThat(exchange.isCut()).isFalse();
    assertThat(KEY.isCurrent(slots)).isFalse();
    assertThat(revocation.effectiveAt()).isEqualTo(START);
    assertThat(log.effectiveAt).isEqualTo(Map.of(1L, START));
  }

  @Test
  @DisplayName("ALL-5 an instant that cannot be kept is not given")
  void confirm_logUnavailable_isUnconfirmed() {
    log.isUp = false;

    assertThatThrownBy(() -> narrowing(Duration.ofMinutes(1)).confirm(change(null)))
        .isInstanceOf(UnconfirmedException.class);
    assertThat(KEY.isCurrent(slots)).isFalse();
  }

  @Test
  void confirm_interrupted_isUnconfirmedAndStaysInterrupted() {
    exchanges.enter(exchange, KEY);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> narrowing(Duration.ofMinutes(1)).confirm(change(null)))
        .isInstanceOf(UnconfirmedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void confirm_clockSetBack_holdsNotBeforeItWasCommitted() {
    now.set(START.minusSeconds(86_400));

    Revocation revocation = narrowing(Duration.ofMinutes(1)).confirm(change(null));

    assertThat(revocation.effectiveAt()).isEqualTo(revocation.committedAt());
  }

  @Test
  void confirmWhatIsLeft_appliesWhatNobodyConfirmed() {
    narrowing(Duration.ofMinutes(1)).confirmWhatIsLeft();

    assertThat(slots.applied()).isEqualTo(1);
    assertThat(log.effectiveAt).containsOnlyKeys(1L);
  }

  @Test
  @DisplayName("ALL-3 a change that cannot be confirmed holds up none that comes after it")
  void confirmWhatIsLeft_oneStaysOpen_theOthersHold() {
    log.left = List.of(1L, 2L);
    exchanges.enter(exchange, KEY);

    assertThatThrownBy(() -> narrowing(Duration.ofMillis(20)).confirmWhatIsLeft())
        .isInstanceOf(UnconfirmedException.class)
        .hasMessageContaining("Change 1 ");

    assertThat(OTHER.isCurrent(slots)).isFalse();
    assertThat(log.effectiveAt).containsOnlyKeys(2L);
  }

  @Test
  void confirm_notedByAnotherMeanwhile_saysTheInstantThatIsKept() {
    Instant noted = START.minusMillis(1);
    log.effectiveAt.put(1L, noted);

    assertThat(narrowing(Duration.ofMinutes(1)).confirm(change(null)).effectiveAt())
        .isEqualTo(noted);
  }

  private Narrowing narrowing(Duration patience) {
    return new Narrowing(
        slots,
        exchanges,
        Confirmation.OF_SOLE_NODE,
        log,
        now::get,
        System::nanoTime,
        patience,
        NarrowingObserver.NONE);
  }

  private static Change change(@Nullable Instant effectiveAt) {
    return change(1, KEY, effectiveAt);
  }

  private static Change change(long seq, VerifiableKey key, @Nullable Instant effectiveAt) {
    return new Change(
        seq,
        1,
        Change.Direction.NARROWS,
        START.minusMillis(5),
        effectiveAt,
        3,
        List.of(TestKeys.entity(key)));
  }

  /** Only notes since when changes hold. */
  private static final class NotedChanges implements ChangeLog {
    private final Map<Long, Instant> effectiveAt = new HashMap<>();
    private List<Long> left = List.of(1L);
    private boolean isUp = true;

    @Override
    public long head() {
      return 1;
    }

    @Override
    public Optional<Change> find(long seq) {
      return Optional.of(change(seq, seq == 1 ? KEY : OTHER, effectiveAt.get(seq)));
    }

    @Override
    public List<Change> from(long seq, int most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Long> unconfirmed(Instant before, int most) {
      return left.stream().filter(seq -> !effectiveAt.containsKey(seq)).toList();
    }

    @Override
    public Instant markEffective(Place change, Instant at) {
      if (!isUp) {
        throw new UnavailableException("the store is down", null);
      }
      return effectiveAt.merge(change.seq(), at, (first, _) -> first);
    }

    @Override
    public void markAllEffective(Instant at) {
      throw new UnsupportedOperationException();
    }
  }
}
