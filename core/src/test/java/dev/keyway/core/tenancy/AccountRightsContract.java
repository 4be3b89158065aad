package dev.keyway.core.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.KeyStatus;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Entity;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.contract.Together;
import dev.keyway.core.session.Session;
import dev.keyway.core.tenancy.AccountStore.Updated;
import dev.keyway.core.verify.DenialReason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link AccountStore} does to keys when accounts are suspended or deleted. */
public abstract class AccountRightsContract extends StoreContract {

  @Test
  @DisplayName("obligations 1, 3 and 5: a suspension is one narrowing change over the account")
  void update_suspending_refusesTheAccountsKeys() {
    Account account = world.account("memo");
    ApiKey key = world.key(account).add();
    ApiKey ended = world.key(account).add();
    ApiKey other = world.key(world.account("memo")).add();
    stores.apiKeys().revoke(ended.id(), world.tick(), Precondition.NONE, world.event());
    AuditEvent event = world.event();

    Change change = become(account, Account.Status.SUSPENDED, event);

    assertCommitted(change, event, 2);
    assertThat(change.direction()).isEqualTo(Change.Direction.NARROWS);
    assertThat(change.entities()).containsExactly(entity(account));
    assertThat(change.keysAffected()).isEqualTo(1);
    assertThat(denial(key)).isEqualTo(DenialReason.DEACTIVATED);
    assertThat(status(key)).isEqualTo(KeyStatus.DEACTIVATED);
    assertThat(denial(other)).isNull();
  }

  @Test
  @DisplayName("a key made while its account is being suspended is refused by the store")
  void create_forASuspendedAccount_isRefused() {
    Account account = world.account("memo");
    ApiKey draft = world.key(account).draft();
    become(account, Account.Status.SUSPENDED, world.event());
    AuditEvent event = world.event();

    assertThatThrownBy(() -> stores.apiKeys().create(draft, null, event))
        .isInstanceOf(RefusedException.Conflict.class);

    assertThat(stores.apiKeys().find(draft.id())).isEmpty();
    assertUnwritten(event, 1);
  }

  @Test
  void update_resuming_isAWideningChangeThatBringsNoKeyBack() {
    Account account = world.account("memo");
    ApiKey key = world.key(account).add();
    become(account, Account.Status.SUSPENDED, world.event());
    AuditEvent event = world.event();

    Change change = become(account, Account.Status.ACTIVE, event);

    assertCommitted(change, event, 2);
    assertThat(change.direction()).isEqualTo(Change.Direction.WIDENS);
    assertThat(change.entities()).containsExactly(entity(account));
    assertThat(change.keysAffected()).isZero();
    assertThat(denial(key)).isEqualTo(DenialReason.DEACTIVATED);
    assertThat(denial(world.key(account).add())).isNull();
  }

  @Test
  void update_suspendingAgain_isAChangeThatAffectsNoKey() {
    Account account = world.account("memo");
    world.key(account).add();
    become(account, Account.Status.SUSPENDED, world.event());

    Change again = become(account, Account.Status.SUSPENDED, world.event());

    assertThat(again.direction()).isEqualTo(Change.Direction.NARROWS);
    assertThat(again.keysAffected()).isZero();
  }

  @Test
  void update_stayingActive_isNoChangeOfRights() {
    Account account = world.account("memo");

    Updated updated = update(account, Account.Status.ACTIVE, world.event());

    assertThat(updated.outcome()).isEqualTo(Updated.Outcome.OK);
    assertThat(updated.change()).isNull();
    assertThat(stores.changeLog().head()).isZero();
  }

  @Test
  @DisplayName("an update naming no status leaves the one in the store")
  void update_namingNoStatus_leavesTheOneInTheStore() {
    Account account = world.account("memo");
    become(account, Account.Status.SUSPENDED, world.event());

    Updated renamed = update(account, new AccountStore.Patch("New", null, null), world.event());

    assertThat(Objects.requireNonNull(renamed.account()).status())
        .isEqualTo(Account.Status.SUSPENDED);
    assertThat(renamed.account().name()).isEqualTo("New");
    assertThat(renamed.change()).isNull();
    assertThat(stores.accounts().find(account.id())).contains(renamed.account());
    assertThat(stores.changeLog().head()).isEqualTo(1);
  }

  @Test
  void update_renameAndSuspensionAtOnce_bothHold() {
    List<Account> accounts = Stream.generate(() -> world.account("memo")).limit(25).toList();
    List<AuditEvent> events = Stream.generate(world::event).limit(50).toList();
    var rename = new AccountStore.Patch("New", null, null);
    var suspend = new AccountStore.Patch(null, null, Account.Status.SUSPENDED);
    Instant at = world.tick();

    for (int i = 0; i < accounts.size(); i++) {
      Account account = accounts.get(i);
      List<AuditEvent> rows = events.subList(2 * i, 2 * i + 2);
      Together.run(
          2,
          caller ->
              stores
                  .accounts()
                  .update(
                      account.id(),
                      caller == 0 ? rename : suspend,
                      at,
                      Precondition.NONE,
                      rows.get(caller)));

      Account now = stores.accounts().find(account.id()).orElseThrow();
      assertThat(now.name()).isEqualTo("New");
      assertThat(now.status()).isEqualTo(Account.Status.SUSPENDED);
    }
  }

  @Test
  @DisplayName("obligation 4: a deactivated key stays so when its account is resumed")
  void update_resuming_leavesDeactivatedKeysDeactivated() {
    Account owner = world.account("memo");
    Account member = world.account("memo");
    Workspace workspace = world.workspace(owner);
    world.join(workspace, member, Role.MEMBER);
    ApiKey key = world.key(member).in(workspace).add();
    stores
        .workspaces()
        .removeMember(workspace.id(), member.id(), world.tick(), Precondition.NONE, world.event());

    become(member, Account.Status.SUSPENDED, world.event());
    become(member, Account.Status.ACTIVE, world.event());

    assertThat(status(key)).isEqualTo(KeyStatus.DEACTIVATED);
  }

  @Test
  @DisplayName("obligations 1, 3 and 5: deleting an account deactivates every key it made")
  void delete_deactivatesTheAccountsKeys() {
    Account owner = world.account("memo");
    Account account = world.account("memo");
    Workspace workspace = world.workspace(owner);
    world.join(workspace, account, Role.MEMBER);
    ApiKey own = world.key(account).add();
    ApiKey inWorkspace = world.key(account).in(workspace).add();
    ApiKey ofOwner = world.key(owner).in(workspace).add();
    Instant at = world.tick();
    AuditEvent event = world.event();

    Change change =
        stores.accounts().delete(account.id(), at, Precondition.NONE, event).orElseThrow();

    assertCommitted(change, event, 1);
    assertThat(change.direction()).isEqualTo(Change.Direction.NARROWS);
    assertThat(change.entities()).contains(entity(account));
    assertThat(change.keysAffected()).isEqualTo(2);
    assertThat(change.committedAt()).isEqualTo(at);
    for (ApiKey key : Stream.of(own, inWorkspace).toList()) {
      assertThat(status(key)).isEqualTo(KeyStatus.DEACTIVATED);
      assertThat(stored(key).deactivatedAt()).isEqualTo(at);
      assertThat(denial(key)).isEqualTo(DenialReason.DEACTIVATED);
      assertThat(change.entities()).anyMatch(verifiable(key)::dependsOn);
    }
    assertThat(status(ofOwner)).isEqualTo(KeyStatus.ACTIVE);
  }

  @Test
  void delete_endsMembershipsSessionsAndResources() {
    Account owner = world.account("memo");
    Account account = world.account("memo");
    Workspace workspace = world.workspace(owner);
    world.join(workspace, account, Role.MEMBER);
    Resource resource = world.resource(account);
    ApiKey onResource = world.key(owner).on(resource).add();
    Instant now = world.tick();
    stores
        .sessions()
        .create(new Session("d1", account.id(), "c", now, now, now), null, world.event());

    Change change =
        stores
            .accounts()
            .delete(account.id(), world.tick(), Precondition.NONE, world.event())
            .orElseThrow();

    assertThat(stores.workspaces().role(workspace.id(), account.id())).isEmpty();
    assertThat(stores.workspaces().memberships(account.id())).isEmpty();
    assertThat(stores.workspaces().members(workspace.id())).hasSize(1);
    assertThat(stores.sessions().find("d1")).isEmpty();
    assertThat(stores.resources().find(resource.id())).isEmpty();
    assertThat(
            stores
                .resources()
                .list(Set.of(), new ResourceStore.Visibility.All(), PageRequest.first())
                .data())
        .isEmpty();
    assertThat(status(onResource)).isEqualTo(KeyStatus.DEACTIVATED);
    assertThat(change.entities()).anyMatch(verifiable(onResource)::dependsOn);
  }

  @Test
  @DisplayName("obligation 1: a deletion that is refused leaves no audit row")
  void delete_refused_writesNothing() {
    Account account = world.account("memo");
    ApiKey key = world.key(account).add();
    AuditEvent event = world.event();

    assertThatThrownBy(() -> stores.accounts().delete(account.id(), world.tick(), STALE, event))
        .isInstanceOf(RefusedException.PreconditionFailed.class);
    assertThat(
            stores
                .accounts()
                .delete(new AccountId("acc_none"), world.now(), Precondition.NONE, event))
        .isEmpty();

    assertThat(status(key)).isEqualTo(KeyStatus.ACTIVE);
    assertUnwritten(event, 0);
  }

  @Test
  @DisplayName("a deletion repeated answers the change that deleted, and writes nothing")
  void delete_again_isTheEarlierChange() {
    Account account = world.account("memo");
    world.resource(account);
    assertThat(stores.accounts().deletionOf(account.id())).isEmpty();
    Change first =
        stores
            .accounts()
            .delete(account.id(), world.tick(), Precondition.NONE, world.event())
            .orElseThrow();
    AuditEvent event = world.event();

    assertThat(stores.accounts().delete(account.id(), world.tick(), Precondition.NONE, event))
        .contains(first);

    assertThat(stores.accounts().deletionOf(account.id())).contains(new Deletion("memo", first));
    assertUnwritten(event, 1);
  }

  private Change become(Account account, Account.Status status, AuditEvent event) {
    Updated updated = update(account, status, event);
    assertThat(updated.outcome()).isEqualTo(Updated.Outcome.OK);
    return Objects.requireNonNull(updated.change());
  }

  private Updated update(Account account, Account.Status status, AuditEvent event) {
    return update(account, new AccountStore.Patch(null, null, status), event);
  }

  private Updated update(Account account, AccountStore.Patch patch, AuditEvent event) {
    return stores.accounts().update(account.id(), patch, world.tick(), Precondition.NONE, event);
  }

  private static Entity entity(Account account) {
    return new Entity(Entity.Kind.ACCOUNT, account.id().text());
  }
}
