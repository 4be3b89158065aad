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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link InvitationStore} does. */
public abstract class InvitationStoreContract extends StoreContract {

  @Test
  void create_thenFind_givesBackEveryPart() {
    Account account = world.account("memo");
    var invitation = new Invitation("one", account.id(), world.now().plusMillis(7));
    AuditEvent event = world.event();

    assertThat(stores.invitations().create(invitation, event)).isTrue();

    assertThat(stores.invitations().find("one")).contains(invitation);
    assertThat(stores.invitations().find("One")).isEmpty();
    assertThat(isRecorded(event)).isTrue();
  }

  @Test
  void create_endsTheEarlierOnesOfThatAccountOnly() {
    Account account = world.account("memo");
    invite("one", account);
    invite("other", world.account("memo"));

    invite("two", account);

    assertThat(stores.invitations().find("one")).isEmpty();
    assertThat(stores.invitations().find("two")).isPresent();
    assertThat(stores.invitations().find("other")).isPresent();
  }

  @Test
  void create_accountNotActive_isRefused() {
    Account suspended = world.account("memo");
    update(suspended, null, Account.Status.SUSPENDED);
    Account deleted = world.account("memo");
    delete(deleted);
    AuditEvent event = world.event();
    long head = stores.changeLog().head();

    Stream.of(suspended, deleted)
        .forEach(account ->
            assertThat(stores.invitations().create(invitation("one", account), event)).isFalse());

    assertThat(stores.invitations().find("one")).isEmpty();
    assertUnwritten(event, head);
  }

  @Test
  void accept_setsTheHashAndEndsTheInvitationAndAllSessions() {
    Account account = world.account("memo");
    invite("one", account);
    Instant at = world.tick();
    stores
        .sessions()
        .create(new Session("s", account.id(), "csrf", at, at, at), null, world.event());
    AuditEvent event = world.event();

    assertThat(stores.invitations().accept("one", at, "$hash", event)).isTrue();

    assertThat(stores.passwords().hash(account.id())).isEqualTo("$hash");
    assertThat(stores.invitations().find("one")).isEmpty();
    assertThat(stores.sessions().find("s")).isEmpty();
    assertThat(isRecorded(event)).isTrue();
  }

  @Test
  void accept_again_isRefused() {
    Account account = world.account("memo");
    invite("one", account);
    stores.invitations().accept("one", world.tick(), "$first", world.event());
    AuditEvent event = world.event();

    assertThat(stores.invitations().accept("one", world.tick(), "$second", event)).isFalse();

    assertThat(stores.passwords().hash(account.id())).isEqualTo("$first");
    assertUnwritten(event, 0);
  }

  @Test
  void accept_atItsEnd_isRefusedAndAMillisecondBeforeItIsNot() {
    Account account = world.account("memo");
    Invitation invitation = invite("one", account);
    AuditEvent event = world.event();

    assertThat(stores.invitations().accept("one", invitation.expiresAt(), "$late", event))
        .isFalse();
    assertUnwritten(event, 0);
    Instant before = invitation.expiresAt().minusMillis(1);
    assertThat(stores.invitations().accept("one", before, "$hash", event)).isTrue();
  }

  @Test
  void accept_manyAtOnce_succeedsExactlyOnce() {
    Account account = world.account("memo");
    invite("one", account);
    Instant at = world.tick();
    List<AuditEvent> events = Stream.generate(world::event).limit(6).toList();

    List<Boolean> accepted =
        Together.run(6, i -> stores.invitations().accept("one", at, "$hash-" + i, events.get(i)));

    assertThat(accepted).containsOnlyOnce(true);
    assertThat(stores.passwords().hash(account.id())).isEqualTo("$hash-" + accepted.indexOf(true));
    assertThat(events.stream().filter(this::isRecorded)).hasSize(1);
  }

  @Test
  void suspensionDeletionAndAnotherEmail_endInvitations_andAnotherNameDoesNot() {
    Account suspended = world.account("memo");
    Account deleted = world.account("memo");
    Account moved = world.account("memo");
    Account renamed = world.account("memo");
    invite("suspended", suspended);
    invite("deleted", deleted);
    invite("moved", moved);
    invite("renamed", renamed);

    update(suspended, null, Account.Status.SUSPENDED);
    update(suspended, null, Account.Status.ACTIVE);
    delete(deleted);
    update(moved, "elsewhere@example.com", null);
    update(renamed, renamed.email(), null);

    assertThat(stores.invitations().find("suspended")).isEmpty();
    assertThat(stores.invitations().find("deleted")).isEmpty();
    assertThat(stores.invitations().find("moved")).isEmpty();
    assertThat(stores.invitations().find("renamed")).isPresent();
  }

  @Test
  void forget_dropsWhatExpiredBefore() {
    Invitation old = invite("old", world.account("memo"));
    invite("fresh", world.account("memo"));

    stores.invitations().forget(old.expiresAt());
    assertThat(stores.invitations().find("old")).isPresent();
    stores.invitations().forget(old.expiresAt().plusMillis(1));

    assertThat(stores.invitations().find("old")).isEmpty();
    assertThat(stores.invitations().find("fresh")).isPresent();
  }

  private Invitation invite(String digest, Account account) {
    Invitation invitation = invitation(digest, account);
    assertThat(stores.invitations().create(invitation, world.event())).isTrue();
    return invitation;
  }

  private Invitation invitation(String digest, Account account) {
    return new Invitation(digest, account.id(), world.tick().plus(Invitation.LIFE));
  }

  private void update(Account account, @Nullable String email, Account.@Nullable Status status) {
    var patch = new AccountStore.Patch("Renamed", email, status);
    stores.accounts().update(account.id(), patch, world.tick(), Precondition.NONE, world.event());
  }

  private void delete(Account account) {
    stores.accounts().delete(account.id(), world.tick(), Precondition.NONE, world.event());
  }
}
