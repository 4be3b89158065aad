package dev.keyway.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.contract.Together;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special about keys in SQL; what any store of keys does is in the contract kit. */
abstract class SqlApiKeyStoreContract extends SqlContract {

  @Test
  @DisplayName("MEKO-5 expiry frees all ten places, and ten of thirty concurrent creations succeed")
  void create_concurrentlyAfterExpiry_fillsEachPlaceOnce() {
    Account account = world.account("meko");
    Instant expiry = world.now().plusSeconds(3_600);
    for (int i = 0; i < 10; i++) {
      assertThat(create(world.key(account).expiresAt(expiry).draft())).isTrue();
    }
    assertThat(create(world.key(account).draft())).isFalse();

    var drafts = new ArrayList<ApiKey>();
    for (int i = 0; i < 30; i++) {
      drafts.add(world.key(account).createdAt(expiry).draft());
    }
    var events = drafts.stream().map(_ -> world.event()).toList();
    List<Boolean> made =
        Together.run(30, i -> stores.apiKeys().create(drafts.get(i), 10, events.get(i)));

    assertThat(made.stream().filter(ok -> ok)).hasSize(10);
    assertThat(slots()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void create_limitLoweredSince_countsTheKeysBeyondItToo() {
    Account account = world.account("meko");
    world.key(account).add();
    create(world.key(account).draft());
    ApiKey third = world.key(account).draft();

    assertThat(stores.apiKeys().create(third, 2, world.event())).isFalse();
    assertThat(stores.apiKeys().create(third, 3, world.event())).isTrue();
  }

  @Test
  @DisplayName("MEMO-8 a key made while its creator leaves is refused")
  void create_creatorHasLeft_isRefused() {
    Account owner = world.account("memo");
    Account member = world.account("memo");
    Workspace workspace = world.workspace(owner);
    world.join(workspace, member, Role.MEMBER);
    ApiKey inWorkspace = world.key(member).in(workspace).draft();
    stores
        .workspaces()
        .removeMember(workspace.id(), member.id(), world.tick(), Precondition.NONE, world.event());

    assertConflict(inWorkspace);
    world.join(workspace, member, Role.MEMBER);
    assertThat(create(inWorkspace)).isTrue();
  }

  @Test
  void create_groundHasGone_isRefused() {
    Account account = world.account("memo");
    Account gone = world.account("memo");
    Workspace workspace = world.workspace(account);
    Resource resource = world.resource(account);
    ApiKey maker = world.key(account).add();
    List<ApiKey> drafts =
        List.of(
            world.key(gone).draft(),
            world.key(account).in(workspace).draft(),
            world.key(account).on(resource).draft(),
            world.key(account).createdByKey(maker).draft());
    Instant at = world.tick();
    stores.accounts().delete(gone.id(), at, Precondition.NONE, world.event());
    stores.workspaces().delete(workspace.id(), at, Precondition.NONE, world.event());
    stores.resources().delete(resource.id(), at, world.event());
    stores.apiKeys().revoke(maker.id(), at, Precondition.NONE, world.event());

    drafts.forEach(this::assertConflict);
  }

  @Test
  void expireEarlier_laterThanBefore_leavesTheExpiry() {
    Instant expiry = world.now().plusSeconds(60);
    ApiKey key = world.key(world.account("memo")).expiresAt(expiry).add();

    stores
        .apiKeys()
        .expireEarlier(
            key.id(), "n", null, expiry.plusSeconds(1), Precondition.NONE, world.event());

    assertThat(stores.apiKeys().find(key.id()).orElseThrow().key().expiresAt()).isEqualTo(expiry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE api_key SET revoked_at = NULL, revoked_seq = NULL",
        "UPDATE api_key SET revoked_at = 1",
        "DELETE FROM api_key",
        "UPDATE audit_event SET reason = 'x'",
        "DELETE FROM audit_event"
      })
  void statement_againstTheGuards_isRefused(String statement) {
    revokedKey();
    assertThatThrownBy(() -> stores.database().run(handle -> handle.execute(statement)))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void statement_bringingADeactivatedKeyBack_isRefused() {
    Account account = world.account("memo");
    world.key(account).add();
    stores.accounts().delete(account.id(), world.tick(), Precondition.NONE, world.event());

    assertThatThrownBy(() ->
            stores
                .database()
                .run(handle -> handle.execute("UPDATE api_key SET deactivated_at = NULL")))
        .isInstanceOf(UnavailableException.class);
  }

  private void assertConflict(ApiKey draft) {
    long rows = stores.rows("api_key");
    assertThatThrownBy(() -> create(draft)).isInstanceOf(RefusedException.Conflict.class);
    assertThat(stores.rows("api_key")).isEqualTo(rows);
  }

  private boolean create(ApiKey draft) {
    return stores.apiKeys().create(draft, 10, world.event());
  }

  private void revokedKey() {
    ApiKey key = world.key(world.account("memo")).add();
    stores.apiKeys().revoke(key.id(), world.tick(), Precondition.NONE, world.event());
  }

  private List<Integer> slots() {
    return stores
        .database()
        .read(handle ->
            handle
                .createQuery("SELECT slot FROM api_key WHERE slot IS NOT NULL ORDER BY slot")
                .mapTo(Integer.class)
                .list());
  }
}
