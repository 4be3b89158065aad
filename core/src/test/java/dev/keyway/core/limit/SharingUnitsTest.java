package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.limit.UnitStore.Claim;
import dev.keyway.core.limit.UnitStore.Grant;
import dev.keyway.core.limit.UnitStore.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one of three nodes does when it loses the store that they share. */
class SharingUnitsTest {
  private static final Period.Rolling MINUTE = new Period.Rolling(Duration.ofMinutes(1));
  private static final CountedSubject SUBJECT =
      new CountedSubject("some", CountedBy.KEY, "key_00000000000000000000000000");
  private static final int ALLOWED = 30;
  private static final int NODES = 3;

  /** All that was granted has ceased to count: (3 s + 2 s + 60 s + 6 s) · 1.1, and a moment. */
  private static final long SILENCE_MILLIS = 78_100;

  private final List<String> told = new ArrayList<>();
  private final List<Integer> sharedDivisors = new ArrayList<>();
  private final List<Long> memberMillis = new ArrayList<>();
  private long millis = 1_000_000;
  private Membership membership = among(NODES);
  private boolean isGone;
  private int number;
  private long spent;

  @Test
  @DisplayName("ALL-4 a lost store is no licence until nothing counts that it granted")
  void lostStore_leavesAShare_onceNothingItGrantedCounts() {
    var units = lose(false);
    millis += SILENCE_MILLIS - 1;
    assertThat(claim(units, 1).outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(units.isSharing()).isFalse();

    millis += 1;
    assertThat(drain(units)).isEqualTo(ALLOWED / NODES);
    assertThat(claim(units, 1).outcome()).isEqualTo(Outcome.FULL);
    assertThat(told).containsExactly("lost", "shares one in 3");
  }

  @Test
  @DisplayName("ALL-4 limits.on-store-loss: share is the exception, by its name")
  void lostStore_leavesAShareAtOnce_whereThatIsAskedFor() {
    var units = lose(true);

    assertThat(drain(units)).isEqualTo(ALLOWED / NODES);
  }

  @Test
  void share_isOfTheMostNodesOfLate() {
    var units = lose(false);
    membership = among(5);
    assertThat(claim(units, 1).outcome()).isEqualTo(Outcome.UNKNOWN);
    membership = among(2);
    millis += SILENCE_MILLIS;

    assertThat(drain(units)).isEqualTo(ALLOWED / 5);
  }

  @Test
  @DisplayName("ALL-4 a node that the store never heard of has no share: none is held back for it")
  void nodeThatNeverReachedTheStore_hasNoShare() {
    isGone = true;
    var units = units(false);
    assertThat(claim(units, 1).outcome()).isEqualTo(Outcome.UNKNOWN);
    millis += 2 * SILENCE_MILLIS;

    assertThat(claim(units, 1).outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void unknownNumberOfNodes_leavesNoShare() {
    var units = lose(false);
    membership = new Membership.Unheard();
    millis += SILENCE_MILLIS;

    assertThat(claim(units, 1).outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  @DisplayName("a store that is back hears by how many the node shared, and is asked each second")
  void storeThatIsBack_hearsOfTheShare() {
    var units = lose(false);
    millis += SILENCE_MILLIS;
    assertThat(drain(units)).isEqualTo(ALLOWED / NODES);
    isGone = false;
    millis += 1_000;

    assertThat(claim(units, 1).units()).isEqualTo(1);
    assertThat(claim(units, 1).units()).isEqualTo(1);
    assertThat(sharedDivisors).endsWith(NODES, 0);
    assertThat(units.isLost()).isFalse();
    assertThat(units.isSharing()).isFalse();
    assertThat(told).containsExactly("lost", "shares one in 3", "found");
  }

  @Test
  @DisplayName("ALL-4 a node that is none of them asks for nothing, and has no share")
  void nodeThatIsOutside_doesNotAsk() {
    var units = units(false);
    assertThat(claim(units, 1).outcome()).isEqualTo(Outcome.GRANTED);
    membership = new Membership.Outside();
    int asked = memberMillis.size();

    assertThat(claim(units, 1).outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(memberMillis).hasSize(asked);
    isGone = true;
    millis += 2 * SILENCE_MILLIS;
    assertThat(claim(units, 1).outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  @DisplayName(
      "a node says for how long it is one of them: not while nobody says so, and anew when it joins")
  void node_saysForHowLongItIsOne() {
    var units = units(false);
    claim(units, 1);
    millis += 11_000;
    claim(units, 1);
    membership = new Membership.Unheard();
    claim(units, 1);
    membership = among(NODES);
    claim(units, 1);
    membership = new Membership.Among("again", NODES);
    claim(units, 1);

    assertThat(memberMillis).containsExactly(0L, 10_000L, 0L, 10_000L, 0L);
  }

  @Test
  @DisplayName("each call that is not answered is counted, also those that only look")
  void failures_areCounted() {
    var units = lose(false);
    millis += 1_000;
    claim(units, 1);

    assertThat(units.failures()).isEqualTo(2);
  }

  @Test
  @DisplayName("ALL-4 a node that stops does not leave while the store has not heard of its share")
  void share_isNotTakenAlong() {
    var units = lose(false);
    millis += SILENCE_MILLIS;
    assertThat(drain(units)).isEqualTo(ALLOWED / NODES);
    units.close();
    assertThat(told).doesNotContain("left");

    isGone = false;
    millis += 1_000;
    claim(units, 1);
    units.close();
    assertThat(told).contains("left");
  }

  private static Membership among(int nodes) {
    return new Membership.Among("some", nodes);
  }

  private SharingUnits units(boolean isAtOnce) {
    return new SharingUnits(new Store(), () -> membership, () -> millis, isAtOnce, new Told());
  }

  /** Units that had the store for a while and have it no more. */
  private SharingUnits lose(boolean isAtOnce) {
    var units = units(isAtOnce);
    claim(units, 1);
    millis += Duration.ofMinutes(10).toMillis();
    assertThat(claim(units, 1).outcome()).isEqualTo(Outcome.GRANTED);
    isGone = true;
    Outcome outcome = claim(units, isAtOnce ? 0 : 1).outcome();
    assertThat(outcome).isEqualTo(isAtOnce ? Outcome.GRANTED : Outcome.UNKNOWN);
    assertThat(units.isLost()).isTrue();
    return units;
  }

  private int drain(SharingUnits units) {
    int all = 0;
    for (int got = 1; got > 0; all += got) {
      got = claim(units, 1).units();
    }
    return all;
  }

  /** Asks for units, and spends them. */
  private Grant claim(SharingUnits units, int least) {
    var claim =
        new Claim(SUBJECT, MINUTE, "one:1", ALLOWED, ++number, spent, 0, 0, 0, least, least);
    Grant grant = units.claim(List.of(claim)).getFirst();
    spent += grant.units();
    return grant;
  }

  /** Grants whatever it is asked for while it is there. */
  private final class Store implements SharedUnits {
    @Override
    public List<Grant> claim(Standing standing, List<Claim> claims) {
      if (isGone) {
        throw new UnavailableException("It is gone.", null);
      }
      sharedDivisors.add(standing.sharedDivisor());
      memberMillis.add(standing.memberMillis());
      return claims.stream()
          .map(claim -> new Grant(Outcome.GRANTED, claim.wanted(), true, ALLOWED, 1, 1))
          .toList();
    }

    @Override
    public boolean isReachable() {
      return !isGone;
    }

    @Override
    public void leave() {
      told.add("left");
    }

    @Override
    public void close() {}
  }

  private final class Told implements SharingUnits.Events {
    @Override
    public void lost(String why) {
      told.add("lost");
    }

    @Override
    public void shares(int divisor) {
      told.add("shares one in " + divisor);
    }

    @Override
    public void found() {
      told.add("found");
    }
  }
}
