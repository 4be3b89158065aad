package dev.keyway.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Precondition;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.contract.Together;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link SessionStore} does. */
public abstract class SessionStoreContract extends StoreContract {

  @Test
  void create_thenFind_givesBackEveryPart() {
    Account account = world.account("memo");
    Instant at = world.tick();
    var session =
        new Session("digest", account.id(), "csrf", at, at.plusMillis(1), at.plusMillis(2));
    AuditEvent event = world.event();

    assertThat(stores.sessions().create(session, null, event)).isTrue();

    assertThat(stores.sessions().find("digest")).contains(session);
    assertThat(stores.sessions().find("Digest")).isEmpty();
    assertThat(isRecorded(event)).isTrue();
  }

  @Test
  void touch_movesTheLastUseOnly() {
    Account account = world.account("memo");
    Session session = add("one", account);
    Session other = add("two", account);
    Instant at = world.tick();

    stores.sessions().touch("one", at);

    assertThat(stores.sessions().find("one"))
        .contains(
            new Session(
                "one",
                account.id(),
                session.csrfToken(),
                session.createdAt(),
                at,
                session.authenticatedAt()));
    assertThat(stores.sessions().find("two")).contains(other);
  }

  @Test
  void create_accountNotActive_isRefused() {
    Account suspended = world.account("memo");
    suspend(suspended);
    Account deleted = world.account("memo");
    stores.accounts().delete(deleted.id(), world.tick(), Precondition.NONE, world.event());
    AuditEvent event = world.event();
    long head = stores.changeLog().head();

    assertThat(stores.sessions().create(session("one", suspended), null, event)).isFalse();
    assertThat(stores.sessions().create(session("two", deleted), null, event)).isFalse();

    assertThat(stores.sessions().find("one")).isEmpty();
    assertThat(stores.sessions().find("two")).isEmpty();
    assertUnwritten(event, head);
  }

  @Test
  void create_passwordChangedSinceItWasCompared_isRefused() {
    Account account = world.account("memo");
    stores.passwords().set(account.id(), "$new", world.event());
    AuditEvent event = world.event();

    assertThat(stores.sessions().create(session("one", account), "$old", event)).isFalse();
    assertThat(stores.sessions().create(session("one", account), null, event)).isFalse();
    assertUnwritten(event, 0);
    assertThat(stores.sessions().create(session("one", account), "$new", event)).isTrue();
  }

  @Test
  @DisplayName("no session begun beside a suspension outlives it, whichever comes first")
  void create_besideASuspension_isNotThereAfterwards() {
    for (int round = 0; round < 20; round++) {
      Account account = world.account("memo");
      Session session = session("raced-" + round, account);
      AuditEvent begun = world.event();
      AuditEvent suspended = world.event();
      Together.run(
          2,
          thread -> {
            if (thread == 0) {
              return stores.sessions().create(session, null, begun);
            }
            return suspend(account, session.createdAt(), suspended);
          });

      assertThat(stores.sessions().find(session.digest())).isEmpty();
    }
  }

  @Test
  void replace_putsTheNextInThePlaceOfTheCurrent() {
    Account account = world.account("memo");
    stores.passwords().set(account.id(), "$hash", world.event());
    Session current = session("one", account);
    stores.sessions().create(current, "$hash", world.event());
    Session next = session("two", account);
    AuditEvent event = world.event();

    assertThat(stores.sessions().replace(current, next, "$hash", event)).isTrue();

    assertThat(stores.sessions().find("one")).isEmpty();
    assertThat(stores.sessions().find("two")).contains(next);
    assertThat(isRecorded(event)).isTrue();
  }

  @Test
  void replace_whatHasEndedOrWhosePasswordHasChanged_writesNothing() {
    Account account = world.account("memo");
    Session current = add("one", account);
    Session ended = session("ended", account);
    Session next = session("two", account);
    AuditEvent event = world.event();

    assertThat(stores.sessions().replace(ended, next, null, event)).isFalse();
    assertThat(stores.sessions().replace(current, next, "$other", event)).isFalse();

    assertThat(stores.sessions().find("one")).contains(current);
    assertThat(stores.sessions().find("two")).isEmpty();
    assertUnwritten(event, 0);
  }

  @Test
  void replace_twiceAtOnce_succeedsOnce() {
    Account account = world.account("memo");
    Session current = add("one", account);
    List<AuditEvent> events = List.of(world.event(), world.event());
    List<Session> next = List.of(session("two", account), session("three", account));

    List<Boolean> replaced =
        Together.run(2, i -> stores.sessions().replace(current, next.get(i), null, events.get(i)));

    assertThat(replaced).containsExactlyInAnyOrder(true, false);
    int winner = replaced.indexOf(true);
    assertThat(stores.sessions().find(next.get(winner).digest())).isPresent();
    assertThat(stores.sessions().find(next.get(1 - winner).digest())).isEmpty();
    assertThat(isRecorded(events.get(1 - winner))).isFalse();
  }

  @Test
  void end_endsOneWithItsAuditRow() {
    Account account = world.account("memo");
    add("one", account);
    add("two", account);
    AuditEvent event = world.event();

    stores.sessions().end("one", event);

    assertThat(stores.sessions().find("one")).isEmpty();
    assertThat(stores.sessions().find("two")).isPresent();
    assertThat(isRecorded(event)).isTrue();
  }

  @Test
  void suspension_endsTheSessionsOfThatAccountOnly() {
    Account account = world.account("memo");
    Account other = world.account("memo");
    add("one", account);
    add("two", account);
    add("three", other);

    suspend(account);

    assertThat(stores.sessions().find("one")).isEmpty();
    assertThat(stores.sessions().find("two")).isEmpty();
    assertThat(stores.sessions().find("three")).isPresent();
  }

  @Test
  void touch_ofAnEndedSession_doesNotBringItBack() {
    add("one", world.account("memo"));
    stores.sessions().end("one", world.event());

    stores.sessions().touch("one", world.tick());

    assertThat(stores.sessions().find("one")).isEmpty();
  }

  @Test
  void forget_dropsWhatIsOldOrIdle() {
    Account account = world.account("memo");
    Session old = add("old", account);
    stores.sessions().touch("old", world.now().plusSeconds(1000));
    Session idle = add("idle", account);
    Session fresh = add("fresh", account);
    stores.sessions().touch("fresh", world.now().plusSeconds(1000));

    stores.sessions().forget(old.createdAt(), old.createdAt());
    assertThat(stores.sessions().find("old")).isPresent();

    stores.sessions().forget(idle.createdAt(), fresh.createdAt());
    assertThat(stores.sessions().find("old")).isEmpty();
    assertThat(stores.sessions().find("idle")).isEmpty();
    assertThat(stores.sessions().find("fresh")).isPresent();
  }

  private Session add(String digest, Account account) {
    Session session = session(digest, account);
    assertThat(stores.sessions().create(session, null, world.event())).isTrue();
    return session;
  }

  private Session session(String digest, Account account) {
    Instant at = world.tick();
    return new Session(digest, account.id(), "csrf-" + digest, at, at, at);
  }

  private void suspend(Account account) {
    suspend(account, world.tick(), world.event());
  }

  private boolean suspend(Account account, Instant at, AuditEvent event) {
    var patch = new AccountStore.Patch(null, null, Account.Status.SUSPENDED);
    var updated = stores.accounts().update(account.id(), patch, at, Precondition.NONE, event);
    return updated.outcome() == AccountStore.Updated.Outcome.OK;
  }
}
