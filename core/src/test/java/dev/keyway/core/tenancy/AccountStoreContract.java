package dev.keyway.core.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.contract.Together;
import dev.keyway.core.tenancy.AccountStore.Created;
import dev.keyway.core.tenancy.AccountStore.Updated;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link AccountStore} does when accounts are made, found and changed. */
public abstract class AccountStoreContract extends StoreContract {

  @Test
  void create_thenFind_givesBackEveryPart() {
    Account account = world.account("memo", "Anna@Example.com", "crm-7");
    AuditEvent event = world.event();

    assertThat(stores.accounts().create(account, event)).isEqualTo(Created.OK);

    assertThat(stores.accounts().find(account.id())).contains(account);
    assertThat(stores.accounts().findByExternalId("memo", "crm-7")).contains(account);
    assertThat(isRecorded(event)).isTrue();
    assertThat(stores.changeLog().head()).isZero();
  }

  @Test
  @DisplayName("obligation 2: ids that differ in case only are two ids")
  void find_idInAnotherCase_isAnotherAccount() {
    Account lower = world.add(withId("acc_aaaaaaaaaaaaaaaa"));
    Account upper = world.add(withId("acc_AAAAAAAAAAAAAAAA"));

    assertThat(stores.accounts().find(lower.id())).contains(lower);
    assertThat(stores.accounts().find(upper.id())).contains(upper);
    assertThat(stores.accounts().find(new AccountId("acc_aaaaaaaaaaaaaaaA"))).isEmpty();
  }

  @Test
  @DisplayName("obligation 1: a taken e-mail, whatever its case, leaves no row and no audit row")
  void create_emailTakenInTheProduct_writesNothing() {
    world.add(world.account("memo", "info@example.com", null));
    Account second = world.account("memo", "INFO@Example.COM", null);
    AuditEvent event = world.event();

    assertThat(stores.accounts().create(second, event)).isEqualTo(Created.EMAIL_TAKEN);

    assertThat(stores.accounts().find(second.id())).isEmpty();
    assertUnwritten(event, 0);
  }

  @Test
  void create_sameEmailInAnotherProduct_succeeds() {
    Account memo = world.add(world.account("memo", "info@example.com", null));
    Account meko = world.add(world.account("meko", "Info@example.com", null));

    assertThat(stores.accounts().find(memo.id())).contains(memo);
    assertThat(stores.accounts().find(meko.id())).contains(meko);
  }

  @Test
  @DisplayName("case is no matter of the machine's language: I and i are one, dotless i is not")
  void create_underTurkishLocale_foldsAsEverywhere() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("tr", "TR"));
      world.add(world.account("memo", "INFO@example.com", null));

      assertThat(create("memo", "info@example.com", null)).isEqualTo(Created.EMAIL_TAKEN);
      assertThat(create("memo", "\u0131nfo@example.com", null)).isEqualTo(Created.OK);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void create_emailBeyondAscii_isUniqueWhateverItsCase() {
    world.add(world.account("memo", "\u00E4nne@example.com", null));

    assertThat(create("memo", "\u00C4NNE@example.com", null)).isEqualTo(Created.EMAIL_TAKEN);
  }

  @Test
  void create_externalIdTaken_isRefusedInItsProductOnly() {
    world.add(world.account("memo", "a@example.com", "crm-7"));

    assertThat(create("memo", "b@example.com", "crm-7")).isEqualTo(Created.EXTERNAL_ID_TAKEN);
    assertThat(create("memo", "c@example.com", "CRM-7")).isEqualTo(Created.OK);
    assertThat(create("meko", "d@example.com", "crm-7")).isEqualTo(Created.OK);
    assertThat(create("memo", "e@example.com", null)).isEqualTo(Created.OK);
    assertThat(create("memo", "f@example.com", null)).isEqualTo(Created.OK);
    assertThat(stores.accounts().findByExternalId("mecha", "crm-7")).isEmpty();
  }

  @Test
  void create_sameEmailConcurrently_succeedsOnce() {
    List<Account> accounts =
        Stream.generate(() -> world.account("memo", "one@example.com", null)).limit(8).toList();
    List<AuditEvent> events = Stream.generate(world::event).limit(8).toList();

    List<Created> created =
        Together.run(8, i -> stores.accounts().create(accounts.get(i), events.get(i)));

    assertThat(created).containsOnlyOnce(Created.OK).contains(Created.EMAIL_TAKEN);
    assertThat(events.stream().filter(this::isRecorded)).hasSize(1);
  }

  @Test
  void list_isNewestFirst_andNarrowsByProductAndExternalId() {
    Account one = world.add(world.account("memo", "a@example.com", "x"));
    Account two = world.add(world.account("meko", "b@example.com", "x"));
    Account three = world.add(world.account("memo", "c@example.com", null));

    for (int limit = 1; limit <= 4; limit++) {
      assertThat(list(Set.of(), null, limit)).containsExactly(three, two, one);
    }
    assertThat(list(Set.of("memo"), null, 9)).containsExactly(three, one);
    assertThat(list(Set.of("memo", "meko"), null, 9)).containsExactly(three, two, one);
    assertThat(list(Set.of("memo"), "x", 9)).containsExactly(one);
    assertThat(list(Set.of(), "X", 9)).isEmpty();
  }

  @Test
  void update_nameAndEmail_isNoChangeOfRights() {
    Account account = world.add(world.account("memo", "old@example.com", null));
    AuditEvent event = world.event();

    Updated updated = update(account, patch("New", "new@example.com"), event);

    assertThat(updated.outcome()).isEqualTo(Updated.Outcome.OK);
    assertThat(updated.change()).isNull();
    Account now = Objects.requireNonNull(updated.account());
    assertThat(now.name()).isEqualTo("New");
    assertThat(now.version()).isEqualTo(2);
    assertThat(stores.accounts().find(account.id())).contains(now);
    assertThat(isRecorded(event)).isTrue();
    assertThat(stores.changeLog().head()).isZero();
  }

  @Test
  @DisplayName("obligation 1: an update that is refused leaves no audit row")
  void update_refused_writesNothing() {
    world.add(world.account("memo", "taken@example.com", null));
    Account account = world.add(world.account("memo", "own@example.com", null));
    AuditEvent event = world.event();

    Updated taken = update(account, patch("New", "TAKEN@example.com"), event);
    Updated unknown =
        update(world.account("memo", "no@example.com", null), patch("New", null), event);
    assertThatThrownBy(() ->
            stores.accounts().update(account.id(), patch("New", null), world.now(), STALE, event))
        .isInstanceOf(RefusedException.PreconditionFailed.class);

    assertThat(taken.outcome()).isEqualTo(Updated.Outcome.EMAIL_TAKEN);
    assertThat(unknown.outcome()).isEqualTo(Updated.Outcome.NOT_FOUND);
    assertThat(stores.accounts().find(account.id())).contains(account);
    assertUnwritten(event, 0);
  }

  @Test
  @DisplayName("ALL-3 a status that holds already is no matter of the account's version")
  void update_statusAgain_needsNoVersion() {
    AccountId id = world.account("memo").id();
    var suspend = new AccountStore.Patch(null, null, Account.Status.SUSPENDED);
    var resume = new AccountStore.Patch(null, null, Account.Status.ACTIVE);
    var first = new Precondition(1L);
    AccountStore store = stores.accounts();
    store.update(id, suspend, world.now(), first, world.event());

    assertThat(store.update(id, suspend, world.now(), first, world.event()).change()).isNotNull();
    assertThatThrownBy(() -> store.update(id, resume, world.now(), first, world.event()))
        .isInstanceOf(RefusedException.PreconditionFailed.class);
    assertThatThrownBy(() -> store.update(id, patch("x", null), world.now(), first, world.event()))
        .isInstanceOf(RefusedException.PreconditionFailed.class);
  }

  @Test
  void update_ownEmailInAnotherCase_succeeds() {
    Account account = world.add(world.account("memo", "own@example.com", null));

    Updated updated = update(account, patch(null, "Own@Example.com"), world.event());

    assertThat(updated.outcome()).isEqualTo(Updated.Outcome.OK);
    assertThat(stores.accounts().find(account.id()).orElseThrow().email())
        .isEqualTo("Own@Example.com");
  }

  @Test
  @DisplayName("a deleted account is found by no call, and its e-mail is free again")
  void delete_account_isFoundByNoCall() {
    Account account = world.add(world.account("memo", "a@example.com", "crm-7"));

    stores.accounts().delete(account.id(), world.tick(), Precondition.NONE, world.event());

    assertThat(stores.accounts().find(account.id())).isEmpty();
    assertThat(stores.accounts().findByExternalId("memo", "crm-7")).isEmpty();
    assertThat(list(Set.of(), null, 9)).isEmpty();
    assertThat(update(account, patch("New", null), world.event()).outcome())
        .isEqualTo(Updated.Outcome.NOT_FOUND);
    assertThat(create("memo", "A@example.com", null)).isEqualTo(Created.OK);
  }

  @Test
  void delete_lastOwner_isRefusedUntilThereIsAnother() {
    Account owner = world.account("memo");
    Account member = world.account("memo");
    Workspace workspace = world.workspace(owner);
    world.join(workspace, member, Role.MEMBER);
    AuditEvent event = world.event();

    assertThatThrownBy(() -> delete(owner, event))
        .isInstanceOf(RefusedException.Conflict.class)
        .hasMessageContaining(workspace.id().text());
    assertThat(stores.accounts().find(owner.id())).contains(owner);
    assertUnwritten(event, 0);

    delete(member, world.event());
    Account heir = world.account("memo");
    world.join(workspace, heir, Role.OWNER);
    delete(owner, event);
    assertThat(stores.accounts().find(owner.id())).isEmpty();
  }

  @Test
  void delete_twoOwnersAtOnce_leavesOne() {
    for (int round = 0; round < 10; round++) {
      List<Account> owners = List.of(world.account("memo"), world.account("memo"));
      Workspace workspace = world.workspace(owners.getFirst());
      world.join(workspace, owners.getLast(), Role.OWNER);
      List<AuditEvent> events = List.of(world.event(), world.event());

      List<Boolean> gone =
          Together.run(
              2,
              i -> {
                try {
                  delete(owners.get(i), events.get(i));
                  return true;
                } catch (RefusedException.Conflict e) {
                  return false;
                }
              });

      assertThat(gone).containsExactlyInAnyOrder(true, false);
      assertThat(stores.workspaces().members(workspace.id())).hasSize(1);
    }
  }

  private void delete(Account account, AuditEvent event) {
    stores.accounts().delete(account.id(), world.now(), Precondition.NONE, event);
  }

  private Created create(String product, String email, @Nullable String externalId) {
    return stores.accounts().create(world.account(product, email, externalId), world.event());
  }

  private Updated update(Account account, AccountStore.Patch patch, AuditEvent event) {
    return stores.accounts().update(account.id(), patch, world.tick(), Precondition.NONE, event);
  }

  private List<Account> list(Set<String> products, @Nullable String externalId, int limit) {
    return pages((PageRequest page) -> stores.accounts().list(products, externalId, page), limit);
  }

  private Account withId(String id) {
    Account other = world.account("memo", world.next("person") + "@example.com", null);
    return new Account(
        new AccountId(id),
        other.product(),
        other.email(),
        other.name(),
        null,
        other.status(),
        other.createdAt(),
        1);
  }

  private static AccountStore.Patch patch(@Nullable String name, @Nullable String email) {
    return new AccountStore.Patch(name, email, null);
  }
}
