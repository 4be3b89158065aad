package dev.keyway.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.tenancy.Account;
import java.time.Instant;
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

    stores.sessions().create(session, event);

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
  void reauthenticated_movesTheTimeOfThePassword() {
    Session session = add("one", world.account("memo"));
    Instant at = world.tick();

    stores.sessions().reauthenticated("one", at);

    Session found = stores.sessions().find("one").orElseThrow();
    assertThat(found.authenticatedAt()).isEqualTo(at);
    assertThat(found.createdAt()).isEqualTo(session.createdAt());
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
  void endAll_endsThoseOfTheAccount() {
    Account account = world.account("memo");
    Account other = world.account("memo");
    add("one", account);
    add("two", account);
    add("three", other);

    stores.sessions().endAll(account.id());

    assertThat(stores.sessions().find("one")).isEmpty();
    assertThat(stores.sessions().find("two")).isEmpty();
    assertThat(stores.sessions().find("three")).isPresent();
  }

  @Test
  void touch_ofAnEndedSession_doesNotBringItBack() {
    add("one", world.account("memo"));
    stores.sessions().end("one", world.event());

    stores.sessions().touch("one", world.tick());
    stores.sessions().reauthenticated("one", world.tick());

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
    Instant at = world.tick();
    var session = new Session(digest, account.id(), "csrf-" + digest, at, at, at);
    stores.sessions().create(session, world.event());
    return session;
  }
}
