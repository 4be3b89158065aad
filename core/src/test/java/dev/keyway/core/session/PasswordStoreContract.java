package dev.keyway.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Precondition;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.contract.Together;
import dev.keyway.core.session.PasswordStore.Holder;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.AccountStore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link PasswordStore} does. */
public abstract class PasswordStoreContract extends StoreContract {

  @Test
  void hash_isNullUntilSet_andThenTheLatest() {
    Account account = world.account("memo");
    AuditEvent event = world.event();
    assertThat(stores.passwords().hash(account.id())).isNull();

    stores.passwords().set(account.id(), "$first", event);
    stores.passwords().set(account.id(), "$second", world.event());

    assertThat(stores.passwords().hash(account.id())).isEqualTo("$second");
    assertThat(stores.passwords().hash(new AccountId("acc_none"))).isNull();
    assertThat(isRecorded(event)).isTrue();
  }

  @Test
  void findByEmail_inSeveralProducts_findsAllWithTheirHashesOldestFirst() {
    Account memo = world.add(world.account("memo", "info@example.com", null));
    Account meko = world.add(world.account("meko", "Info@example.com", null));
    stores.passwords().set(meko.id(), "$meko", world.event());

    assertThat(stores.passwords().findByEmail("INFO@EXAMPLE.COM"))
        .containsExactly(new Holder(memo, null), new Holder(meko, "$meko"));
    assertThat(stores.passwords().findByEmail("other@example.com")).isEmpty();
  }

  @Test
  @DisplayName("case is no matter of the machine's language: I and i are one, dotless i is not")
  void findByEmail_underTurkishLocale_foldsAsEverywhere() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("tr", "TR"));
      Account account = world.add(world.account("memo", "INFO@example.com", null));

      assertThat(found("info@example.com")).containsExactly(account);
      assertThat(found("\u0131nfo@example.com")).isEmpty();
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void findByEmail_beyondAscii_findsWhateverItsCaseAndItsWayOfComposing() {
    Account account = world.add(world.account("memo", "\u00E4nne@example.com", null));

    assertThat(found("\u00C4NNE@example.com")).containsExactly(account);
    assertThat(found("a\u0308nne@example.com")).containsExactly(account);
  }

  @Test
  void findByEmail_showsWhoIsSuspendedAndNoDeletedAccount() {
    Account suspended = world.add(world.account("memo", "info@example.com", null));
    Account deleted = world.add(world.account("meko", "info@example.com", null));
    stores.passwords().set(deleted.id(), "$hash", world.event());
    suspend(suspended);
    stores.accounts().delete(deleted.id(), world.tick(), Precondition.NONE, world.event());

    assertThat(found("info@example.com"))
        .extracting(Account::status)
        .containsExactly(Account.Status.SUSPENDED);
    assertThat(stores.passwords().hash(deleted.id())).isNull();
  }

  @Test
  void findByEmail_afterAnotherEmail_findsTheAccountByThatOnly() {
    Account account = world.add(world.account("memo", "old@example.com", null));
    var patch = new AccountStore.Patch(null, "new@example.com", null);
    stores.accounts().update(account.id(), patch, world.tick(), Precondition.NONE, world.event());

    assertThat(found("OLD@example.com")).isEmpty();
    assertThat(found("NEW@example.com")).extracting(Account::id).containsExactly(account.id());
  }

  @Test
  @DisplayName("1: a hash that is set ends the account's sessions and invitations")
  void set_endsSessionsAndInvitationsOfThatAccountOnly() {
    Account account = world.account("memo");
    Account other = world.account("memo");
    begin("one", account, null);
    begin("two", other, null);
    invite("i-one", account);
    invite("i-two", other);

    stores.passwords().set(account.id(), "$hash", world.event());

    assertThat(stores.sessions().find("one")).isEmpty();
    assertThat(stores.invitations().find("i-one")).isEmpty();
    assertThat(stores.sessions().find("two")).isPresent();
    assertThat(stores.invitations().find("i-two")).isPresent();
  }

  @Test
  void change_setsTheHashAndLeavesOneSessionUnderItsNextToken() {
    Account account = world.account("memo");
    stores.passwords().set(account.id(), "$old", world.event());
    Session current = begin("one", account, "$old");
    begin("elsewhere", account, "$old");
    invite("i-one", account);
    Session next = session("two", account);
    AuditEvent event = world.event();

    assertThat(stores.passwords().change("$old", "$new", current, next, event)).isTrue();

    assertThat(stores.passwords().hash(account.id())).isEqualTo("$new");
    assertThat(stores.sessions().find("one")).isEmpty();
    assertThat(stores.sessions().find("elsewhere")).isEmpty();
    assertThat(stores.sessions().find("two")).contains(next);
    assertThat(stores.invitations().find("i-one")).isEmpty();
    assertThat(isRecorded(event)).isTrue();
  }

  @Test
  void change_fromAnotherHashOrAnEndedSessionOrOfASuspendedAccount_writesNothing() {
    Account account = world.account("memo");
    stores.passwords().set(account.id(), "$old", world.event());
    Session current = begin("one", account, "$old");
    Session ended = session("ended", account);
    Session next = session("two", account);
    AuditEvent event = world.event();

    assertThat(stores.passwords().change("$other", "$new", current, next, event)).isFalse();
    assertThat(stores.passwords().change("$old", "$new", ended, next, event)).isFalse();
    assertThat(stores.sessions().find("one")).contains(current);
    suspend(account);
    assertThat(stores.passwords().change("$old", "$new", current, next, event)).isFalse();

    assertThat(stores.passwords().hash(account.id())).isEqualTo("$old");
    assertThat(stores.sessions().find("two")).isEmpty();
    assertUnwritten(event, 1);
  }

  @Test
  void change_twiceAtOnce_succeedsOnce() {
    Account account = world.account("memo");
    stores.passwords().set(account.id(), "$old", world.event());
    Session current = begin("one", account, "$old");
    List<Session> next = List.of(session("two", account), session("three", account));
    List<AuditEvent> events = List.of(world.event(), world.event());

    List<Boolean> changed =
        Together.run(
            2,
            i ->
                stores
                    .passwords()
                    .change("$old", "$new-" + i, current, next.get(i), events.get(i)));

    assertThat(changed).containsExactlyInAnyOrder(true, false);
    assertThat(stores.passwords().hash(account.id())).isEqualTo("$new-" + changed.indexOf(true));
  }

  private List<Account> found(String email) {
    return stores.passwords().findByEmail(email).stream().map(Holder::account).toList();
  }

  private Session begin(String digest, Account account, @Nullable String hash) {
    Session session = session(digest, account);
    assertThat(stores.sessions().create(session, hash, world.event())).isTrue();
    return session;
  }

  private Session session(String digest, Account account) {
    Instant at = world.tick();
    return new Session(digest, account.id(), "csrf-" + digest, at, at, at);
  }

  private void invite(String digest, Account account) {
    var invitation = new Invitation(digest, account.id(), world.now().plus(Invitation.LIFE));
    assertThat(stores.invitations().create(invitation, world.event())).isTrue();
  }

  private void suspend(Account account) {
    var patch = new AccountStore.Patch(null, null, Account.Status.SUSPENDED);
    stores.accounts().update(account.id(), patch, world.tick(), Precondition.NONE, world.event());
  }
}
