package dev.keyway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.change.Place;
import dev.keyway.core.lease.LeaseStore;
import dev.keyway.core.lease.LeaseStore.Entry;
import dev.keyway.core.lease.LeaseStore.Granted;
import dev.keyway.core.lease.LeaseStore.Life;
import dev.keyway.core.lease.LeaseStore.Renewal;
import dev.keyway.core.lease.NodeRow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link LeaseStore} asks of a store, before a real server. */
class PostgresLeasesTest {
  private static final long TTL = Duration.ofSeconds(30).toNanos();
  private static final long SHORT = Duration.ofSeconds(2).toNanos();

  private PostgresDatabase database;
  private PostgresSettings settings;
  private LeaseStore leases;

  @BeforeEach
  void open() {
    settings = PostgresServer.shared().make();
    database = PostgresDatabase.open(settings);
    leases = database.leases();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void join_entersTheNodeAtTheHead() {
    change();

    assertThat(join("a")).isEqualTo(new Granted(1, TTL));

    assertThat(leases.nodes().rows()).containsExactly(new NodeRow("a", 0, 1));
    assertThat(leases.nodes().ttlNanos()).isEqualTo(TTL);
  }

  @Test
  void join_whileAChangeIsUnderWay_seesIt() throws Exception {
    try (var session = new Session(settings)) {
      session.execute("BEGIN; UPDATE epoch SET head = head + 1");
      var joined = CompletableFuture.supplyAsync(() -> join("a"));
      PostgresServer.shared()
          .await("SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
      session.execute("COMMIT");

      assertThat(joined.get(20, TimeUnit.SECONDS).head()).isEqualTo(1);
    }
  }

  @Test
  void change_whileAJoinIsUnderWay_comesAfterIt() throws Exception {
    try (var session = new Session(settings)) {
      session.execute("BEGIN; SELECT head FROM epoch FOR SHARE");
      var changed = CompletableFuture.runAsync(this::change);
      PostgresServer.shared()
          .await("SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
      session.execute("INSERT INTO node (id, number, acked, name) VALUES ('a', 0, 0, 'x'); COMMIT");
      changed.get(20, TimeUnit.SECONDS);

      assertThat(leases.nodes().rows()).containsExactly(new NodeRow("a", 0, 0));
    }
  }

  @Test
  void renew_tellsTheHeadAndNotesWhatIsApplied() {
    var _ = join("a");
    change();

    assertThat(leases.renew("a", 1, Place.START))
        .isEqualTo(new Renewal.Renewed(new Granted(1, TTL)));
    assertThat(leases.renew("a", 2, new Place(1, 0))).isInstanceOf(Renewal.Renewed.class);

    assertThat(leases.nodes().rows()).containsExactly(new NodeRow("a", 2, 1));
  }

  @Test
  void renew_underANumberThatWasUsed_isRefused() {
    var _ = join("a");
    var _ = leases.renew("a", 5, Place.START);

    assertThat(leases.renew("a", 5, Place.START))
        .as("a second process")
        .isEqualTo(new Renewal.Refused());
    assertThat(leases.renew("a", 4, Place.START)).isEqualTo(new Renewal.Refused());
    assertThat(leases.renew("b", 1, Place.START))
        .as("never entered")
        .isEqualTo(new Renewal.Refused());
  }

  @Test
  void fence_ofANodeThatStandsStill_shutsItOut() {
    var _ = join("a");
    var _ = join("b");

    leases.fence(new NodeRow("a", 0, 0));

    assertThat(leases.renew("a", 1, Place.START)).isEqualTo(new Renewal.Refused());
    assertThat(leases.nodes().rows()).containsExactly(new NodeRow("b", 0, 0));
  }

  @Test
  void fence_ofANodeThatHasRenewedSince_doesNothing() {
    var _ = join("a");
    var _ = leases.renew("a", 1, Place.START);

    leases.fence(new NodeRow("a", 0, 0));

    assertThat(leases.renew("a", 2, Place.START)).isInstanceOf(Renewal.Renewed.class);
  }

  @Test
  void leave_takesTheNodeOut() {
    var _ = join("a");

    leases.leave("a");

    assertThat(leases.nodes().rows()).isEmpty();
    assertThat(leases.renew("a", 1, Place.START)).isEqualTo(new Renewal.Refused());
  }

  @Test
  void useTtl_withoutNodes_holdsAtOnce() {
    leases.useTtl(SHORT);

    assertThat(leases.life()).isEqualTo(new Life(SHORT, SHORT, 2));
    assertThat(join("a").ttlNanos()).isEqualTo(SHORT);
  }

  @Test
  void useTtl_shorter_keepsTheLongestUntilItIsSettled() {
    var _ = join("a");

    leases.useTtl(SHORT);

    assertThat(leases.life()).isEqualTo(new Life(SHORT, TTL, 2));
    assertThat(leases.nodes().ttlNanos()).as("what others wait for").isEqualTo(TTL);
    leases.settle(leases.life());
    assertThat(leases.life()).isEqualTo(new Life(SHORT, SHORT, 3));
  }

  @Test
  void settle_ofALifeThatHasChangedSince_doesNothing() {
    var _ = join("a");
    leases.useTtl(SHORT);
    Life seen = leases.life();
    leases.useTtl(TTL);
    leases.useTtl(SHORT);

    leases.settle(seen);

    assertThat(leases.life().longestNanos()).isEqualTo(TTL);
  }

  @Test
  void useTtl_longer_holdsForBothAtOnce() {
    leases.useTtl(SHORT);
    var _ = join("a");

    leases.useTtl(TTL);

    assertThat(leases.life()).isEqualTo(new Life(TTL, TTL, 3));
  }

  @Test
  void useTtl_asItIs_changesNothing() {
    leases.useTtl(TTL);

    assertThat(leases.life()).isEqualTo(new Life(TTL, TTL, 1));
  }

  @Test
  void aChangeThatIsLost_isMissedByWhoHasSeenIt() {
    var _ = join("a");
    change(7);
    var seen = new Place(1, 7);
    assertThat(leases.renew("a", 1, seen)).isInstanceOf(Renewal.Renewed.class);
    database.run(handle -> handle.execute("DELETE FROM change"));

    assertThat(leases.renew("a", 2, seen)).isEqualTo(new Renewal.Diverged());
    assertThat(leases.join("b", List.of(), seen)).isEqualTo(new Entry.Diverged());
  }

  @Test
  void aChangeInThePlaceOfALostOne_isNotTakenForIt() {
    var _ = join("a");
    change(7);
    var lost = new Place(1, 8);

    assertThat(leases.renew("a", 1, lost)).isEqualTo(new Renewal.Diverged());
    assertThat(leases.nodes().rows())
        .as("no word of another history is noted")
        .containsExactly(new NodeRow("a", 0, 0));
    assertThat(leases.join("b", List.of("a"), lost)).isEqualTo(new Entry.Diverged());
    assertThat(leases.nodes().rows()).extracting(NodeRow::id).doesNotContain("b");
  }

  @Test
  void join_tellsTheMarkOfTheHead() {
    change(7);

    assertThat(leases.join("a", List.of(), Place.START))
        .isEqualTo(new Entry.Entered(new Granted(1, TTL), 7));
  }

  @Test
  void join_againAfterALostAnswer_leavesNoRowBehind() {
    var _ = join("a");

    var _ = leases.join("b", List.of("a"), Place.START);

    assertThat(leases.nodes().rows()).extracting(NodeRow::id).containsExactly("b");
  }

  private Granted join(String incarnation) {
    return switch (leases.join(incarnation, List.of(), Place.START)) {
      case Entry.Entered entered -> entered.granted();
      case Entry.Diverged _ -> throw new AssertionError("nothing was lost");
    };
  }

  private void change(long mark) {
    change();
    database.run(handle ->
        handle.execute(
            "INSERT INTO change (seq, mark, direction, committed_at, keys_affected)"
                + " SELECT head, ?, 'narrows', 0, 0 FROM epoch",
            mark));
  }

  private void change() {
    database.run(handle -> handle.execute("UPDATE epoch SET head = head + 1"));
  }
}
