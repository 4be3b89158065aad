package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.limit.WindowStore.Admissions;
import dev.keyway.core.limit.WindowStore.Entry;
import dev.keyway.core.limit.WindowStore.Passed;
import dev.keyway.core.limit.WindowStore.QuotaUse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link WindowStore} does. */
public abstract class WindowStoreContract extends StoreContract {
  private static final CountedSubject KEY = subject("data", CountedBy.KEY, "key_a1B2c3D4e5F6");
  private static final long DAY = 86_400_000;
  private static final long EPOCH = 1_700_000_000_000L;
  private static final long WINDOW = 60_000;

  @Test
  void read_afterAnInstant_isOfThatKeyAndLimitOnly() {
    begin(0, EPOCH);
    stores
        .windows()
        .write(
            List.of(
                row(KEY, 1_000, 3),
                row(KEY, 1_000, 4),
                row(KEY, 2_000, 5),
                row(subject("management", CountedBy.KEY, KEY.id()), 2_000, 6),
                row(subject("data", CountedBy.MEMBER, KEY.id()), 2_000, 7),
                row(subject("data", CountedBy.KEY, "key_A1b2C3d4E5f6"), 2_000, 8)));

    assertThat(read(999))
        .containsExactlyInAnyOrder(
            new Passed(1_000, 3, 2), new Passed(1_000, 4, 2), new Passed(2_000, 5, 2));
    assertThat(read(1_000)).containsExactly(new Passed(2_000, 5, 2));
    assertThat(read(2_000)).isEmpty();
  }

  @Test
  void begin_ofAnotherNode_givesTheTimesByItsOwnClock() {
    begin(0, EPOCH);
    append(5_000, 3);
    stores.windows().end();

    // Two seconds later, on a clock that began a minute before the epoch's second five.
    begin(62_000, EPOCH - 55_000);

    assertThat(read(0)).containsExactly(new Passed(60_000, 3, 2));
  }

  @Test
  void begin_firstEver_isInOrder() {
    assertThat(stores.windows().begin(0, EPOCH)).isTrue();
    assertThat(gaps(-1)).isEmpty();
  }

  @Test
  void begin_afterAnEnd_leavesNoGap() {
    begin(0, EPOCH);
    stores.windows().end();

    assertThat(begin(1_000, EPOCH)).isTrue();
    assertThat(gaps(-1)).isEmpty();
  }

  @Test
  void begin_withoutAnEnd_leavesAGapEachTime() {
    begin(0, EPOCH);

    assertThat(begin(1_000, EPOCH)).isFalse();
    assertThat(begin(2_000, EPOCH)).isFalse();
    stores.windows().end();
    assertThat(begin(3_000, EPOCH)).isTrue();

    assertThat(gaps(-1)).containsExactlyInAnyOrder(1_000L, 2_000L);
    assertThat(gaps(1_000)).containsExactly(2_000L);
  }

  @Test
  void begin_withTheClockSetBack_takesWhatLiesAheadForNow() {
    begin(0, EPOCH);
    begin(9_000, EPOCH);
    append(10_000, 3);
    stores.windows().end();

    begin(500, EPOCH - 3_600_000);

    assertThat(read(0)).containsExactly(new Passed(500, 3, 2));
    assertThat(gaps(0)).containsExactly(500L);
    stores.windows().forget(500 + WINDOW - 1);
    assertThat(read(0)).hasSize(1);
    stores.windows().forget(500 + WINDOW);
    assertThat(read(0)).isEmpty();
  }

  @Test
  void moveEpoch_leavesEverythingAsLongAgoAsItWas() {
    begin(0, EPOCH);
    begin(500, EPOCH);
    append(1_000, 3);
    append(1_001, 2);

    for (long epoch : new long[] {EPOCH + 86_400_000, EPOCH - 86_400_000, EPOCH - 86_400_000}) {
      stores.windows().moveEpoch(epoch);

      assertThat(read(999))
          .containsExactlyInAnyOrder(new Passed(1_000, 3, 2), new Passed(1_001, 2, 2));
      assertThat(gaps(499)).containsExactly(500L);
    }

    // The next node is told of the epoch as it is now.
    stores.windows().end();
    begin(7_000, EPOCH - 86_400_000 - 5_000);
    assertThat(read(0)).containsExactlyInAnyOrder(new Passed(6_000, 3, 2), new Passed(6_001, 2, 2));
  }

  @Test
  void forget_forgetsWhatCountsNoMoreAndNothingElse() {
    begin(0, EPOCH);
    stores.windows().write(IntStream.range(0, 1_234).mapToObj(i -> row(KEY, i / 2, 1)).toList());
    append(1_000, 7);

    stores.windows().forget(1_000 + WINDOW - 1);
    assertThat(read(-1)).containsExactly(new Passed(1_000, 7, 2));
    stores.windows().forget(1_000 + WINDOW);
    assertThat(read(-1)).isEmpty();
  }

  @Test
  void forget_keepsAGapForTheLongestWindow() {
    begin(0, EPOCH);
    begin(1_000, EPOCH);

    stores.windows().forget(1_000 + Period.Rolling.GREATEST.toMillis());
    assertThat(gaps(0)).hasSize(1);
    stores.windows().forget(1_001 + 2 * Period.Rolling.GREATEST.toMillis());
    assertThat(gaps(0)).isEmpty();
  }

  @Test
  void write_aQuota_takesThePlaceOfTheOneBefore() {
    begin(0, EPOCH);
    var other = subject("data", CountedBy.WORKSPACE, KEY.id());
    assertThat(stores.windows().quota(KEY)).isEmpty();

    stores.windows().write(List.of(quota(KEY, EPOCH, 3, 5), row(KEY, 1_000, 3)));
    stores.windows().write(List.of(quota(other, EPOCH, 1_000_000_000_000L, 7)));
    stores.windows().write(List.of(quota(KEY, EPOCH + DAY, 1, 100)));

    assertThat(stores.windows().quota(KEY)).contains(quota(KEY, EPOCH + DAY, 1, 100));
    assertThat(stores.windows().quota(other)).contains(quota(other, EPOCH, 1_000_000_000_000L, 7));
    assertThat(stores.windows().quota(subject("other", CountedBy.KEY, KEY.id()))).isEmpty();
  }

  @Test
  @DisplayName("ALL-4 after a crash the reserve of a quota counts as used, and once")
  void begin_withoutAnEnd_countsTheReserveOfQuotasAsUsed() {
    begin(0, EPOCH);
    stores.windows().write(List.of(quota(KEY, EPOCH, 3, 5)));

    assertThat(begin(1_000, EPOCH)).isFalse();
    assertThat(stores.windows().quota(KEY)).contains(quota(KEY, EPOCH, 8, 0));
    assertThat(begin(2_000, EPOCH)).isFalse();
    assertThat(stores.windows().quota(KEY)).contains(quota(KEY, EPOCH, 8, 0));
  }

  @Test
  void end_givesTheReserveOfQuotasBack() {
    begin(0, EPOCH);
    stores.windows().write(List.of(quota(KEY, EPOCH, 3, 5)));
    stores.windows().end();

    assertThat(begin(1_000, EPOCH)).isTrue();
    assertThat(stores.windows().quota(KEY)).contains(quota(KEY, EPOCH, 3, 0));
  }

  @Test
  void moveEpoch_leavesThePeriodsOfQuotasWhereTheyAre() {
    begin(0, EPOCH);
    stores.windows().write(List.of(quota(KEY, EPOCH, 3, 5)));
    stores.windows().moveEpoch(EPOCH + DAY);

    assertThat(stores.windows().quota(KEY)).contains(quota(KEY, EPOCH, 3, 5));
  }

  @Test
  void forget_keepsAQuotaBeyondItsPeriod() {
    begin(0, EPOCH);
    stores
        .windows()
        .write(
            IntStream.range(0, 1_234)
                .<Entry>mapToObj(
                    i -> quota(subject("data", CountedBy.KEY, "key_" + i), EPOCH, 3, 5))
                .toList());
    var last = subject("data", CountedBy.KEY, "key_1233");

    stores.windows().forget(DAY + QuotaUse.KEPT_MILLIS - 1);
    assertThat(stores.windows().quota(last)).isPresent();
    stores.windows().forget(DAY + QuotaUse.KEPT_MILLIS);
    for (int i = 0; i < 1_234; i += 411) {
      assertThat(stores.windows().quota(subject("data", CountedBy.KEY, "key_" + i))).isEmpty();
    }
  }

  private boolean begin(long now, long epochAtZero) {
    return stores.windows().begin(now, epochAtZero);
  }

  private void append(long at, int requests) {
    stores.windows().write(List.of(row(KEY, at, requests)));
  }

  private List<Passed> read(long after) {
    return stores.windows().read(KEY, after).passed();
  }

  private List<Long> gaps(long after) {
    return stores.windows().read(KEY, after).gapsMillis();
  }

  private static Entry row(CountedSubject subject, long at, int requests) {
    return new Admissions(subject, at, at + WINDOW, requests, 2);
  }

  private static QuotaUse quota(CountedSubject subject, long start, long used, int reserve) {
    return new QuotaUse(subject, start, start + DAY, used, reserve);
  }

  private static CountedSubject subject(String limit, CountedBy by, String id) {
    return new CountedSubject(limit, by, id);
  }
}
