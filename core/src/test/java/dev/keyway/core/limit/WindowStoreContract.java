package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.limit.WindowStore.Admissions;
import dev.keyway.core.limit.WindowStore.Passed;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link WindowStore} does. */
public abstract class WindowStoreContract extends StoreContract {
  private static final ApiKeyId KEY = new ApiKeyId("a1B2c3D4e5F6");
  private static final ApiKeyId SAME_BUT_FOR_CASE = new ApiKeyId("A1b2C3d4E5f6");
  private static final long EPOCH = 1_700_000_000_000L;
  private static final long WINDOW = 60_000;

  @Test
  void read_afterAnInstant_isOfThatKeyAndLimitOnly() {
    begin(0, EPOCH);
    stores
        .windows()
        .append(
            List.of(
                row(KEY, "data", 1_000, 3),
                row(KEY, "data", 1_000, 4),
                row(KEY, "data", 2_000, 5),
                row(KEY, "management", 2_000, 6),
                row(SAME_BUT_FOR_CASE, "data", 2_000, 7)));

    assertThat(read(999))
        .containsExactlyInAnyOrder(
            new Passed(1_000, 3), new Passed(1_000, 4), new Passed(2_000, 5));
    assertThat(read(1_000)).containsExactly(new Passed(2_000, 5));
    assertThat(read(2_000)).isEmpty();
  }

  @Test
  void begin_ofAnotherNode_givesTheTimesByItsOwnClock() {
    begin(0, EPOCH);
    append(5_000, 3);
    stores.windows().end();

    // Two seconds later, on a clock that began a minute before the epoch's second five.
    begin(62_000, EPOCH - 55_000);

    assertThat(read(0)).containsExactly(new Passed(60_000, 3));
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

    assertThat(read(0)).containsExactly(new Passed(500, 3));
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

      assertThat(read(999)).containsExactlyInAnyOrder(new Passed(1_000, 3), new Passed(1_001, 2));
      assertThat(gaps(499)).containsExactly(500L);
    }

    // The next node is told of the epoch as it is now.
    stores.windows().end();
    begin(7_000, EPOCH - 86_400_000 - 5_000);
    assertThat(read(0)).containsExactlyInAnyOrder(new Passed(6_000, 3), new Passed(6_001, 2));
  }

  @Test
  void forget_forgetsWhatCountsNoMoreAndNothingElse() {
    begin(0, EPOCH);
    stores
        .windows()
        .append(IntStream.range(0, 1_234).mapToObj(i -> row(KEY, "data", i / 2, 1)).toList());
    append(1_000, 7);

    stores.windows().forget(1_000 + WINDOW - 1);
    assertThat(read(-1)).containsExactly(new Passed(1_000, 7));
    stores.windows().forget(1_000 + WINDOW);
    assertThat(read(-1)).isEmpty();
  }

  @Test
  void forget_keepsAGapForTheLongestWindow() {
    begin(0, EPOCH);
    begin(1_000, EPOCH);

    stores.windows().forget(1_000 + RateLimit.MAX_WINDOW.toMillis());
    assertThat(gaps(0)).hasSize(1);
    stores.windows().forget(1_001 + 2 * RateLimit.MAX_WINDOW.toMillis());
    assertThat(gaps(0)).isEmpty();
  }

  private boolean begin(long now, long epochAtZero) {
    return stores.windows().begin(now, epochAtZero);
  }

  private void append(long at, int requests) {
    stores.windows().append(List.of(row(KEY, "data", at, requests)));
  }

  private List<Passed> read(long after) {
    return stores.windows().read(KEY, "data", after).passed();
  }

  private List<Long> gaps(long after) {
    return stores.windows().read(KEY, "data", after).gapsMillis();
  }

  private static Admissions row(ApiKeyId key, String limit, long at, int requests) {
    return new Admissions(key, limit, at, at + WINDOW, requests);
  }
}
