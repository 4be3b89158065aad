package dev.keyway.store.sql;

import static dev.keyway.core.Precondition.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyStore.Selection;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change.Direction;
import dev.keyway.core.contract.World;
import dev.keyway.core.limit.CountedBy;
import dev.keyway.core.limit.CountedSubject;
import dev.keyway.core.limit.WindowStore.Admissions;
import dev.keyway.core.limit.WindowStore.QuotaUse;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.operator.OperatorKeyId;
import dev.keyway.core.operator.Right;
import dev.keyway.core.session.Invitation;
import dev.keyway.core.session.Session;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.core.usage.UsageStore.RefusalCount;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Obligation 1: whichever statement of a call fails, nothing of the call is there afterwards. */
abstract class AtomicityContract extends SqlContract {
  private static final Instant AT = World.START.plusSeconds(3_600);
  private static final AccountStore.Patch SUSPENSION =
      new AccountStore.Patch(null, null, Account.Status.SUSPENDED);

  private FailingTransactions failing;

  @BeforeEach
  void prepare() {
    failing = new FailingTransactions(stores.database());
  }

  @TestFactory
  Stream<DynamicTest> anyCall_anyStatementFails_writesNothing() {
    Account owner = world.account("memo");
    Account other = world.account("memo");
    Workspace workspace = world.workspace(owner);
    world.join(workspace, other, Role.MEMBER);
    Resource resource = world.resource(workspace);
    world.key(other).in(workspace).add();
    world.key(owner).on(resource).add();
    ApiKey key = world.key(owner).in(workspace).add();
    ApiKey draft = world.key(owner).draft();

    return calls(owner, other, workspace, resource, key, draft).entrySet().stream()
        .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> check(call.getValue())));
  }

  private Map<String, Runnable> calls(
      Account owner,
      Account other,
      Workspace workspace,
      Resource resource,
      ApiKey key,
      ApiKey draft) {
    var keys = new SqlApiKeyStore(failing);
    var accounts = new SqlAccountStore(failing);
    var workspaces = new SqlWorkspaceStore(failing);
    var resources = new SqlResourceStore(failing);
    var operators = new SqlOperatorKeyStore(failing);
    var calls = new LinkedHashMap<String, Runnable>();
    calls.put("key.create", () -> keys.create(draft, 10, event()));
    calls.put("key.describe", () -> keys.describe(key.id(), "n", "d", NONE, event()));
    calls.put("key.expireEarlier", () -> keys.expireEarlier(key.id(), "n", "d", AT, NONE, event()));
    calls.put("key.revoke", () -> keys.revoke(key.id(), AT, NONE, event()));
    calls.put(
        "key.revokeAll",
        () -> keys.revokeAll(new Selection("memo", workspace.id(), null, null), AT, event()));
    calls.put(
        "account.create",
        () -> accounts.create(world.account("memo", "new@memo.example", "x"), event()));
    calls.put("account.update", () -> accounts.update(other.id(), SUSPENSION, AT, NONE, event()));
    putPeople(calls, owner);
    calls.put(
        "workspace.create",
        () ->
            workspaces.create(
                new Workspace(new WorkspaceId("ws_new"), "memo", "N", "pro", AT, 1),
                other.id(),
                event()));
    calls.put("workspace.rename", () -> workspaces.rename(workspace.id(), "N", NONE, event()));
    calls.put(
        "workspace.changePlan",
        () ->
            workspaces.changePlan(
                workspace.id(), "free", "M", Direction.NARROWS, AT, NONE, event()));
    calls.put(
        "workspace.putMember",
        () ->
            workspaces.putMember(
                new Membership(workspace.id(), other.id(), Role.OWNER), AT, NONE, event()));
    calls.put(
        "workspace.removeMember",
        () -> workspaces.removeMember(workspace.id(), other.id(), AT, NONE, event()));
    calls.put(
        "resource.create",
        () ->
            resources.create(
                new Resource(
                    new ResourceId("res_new"), "memo", null, owner.id(), "project", "N", AT),
                event()));
    calls.put("resource.delete", () -> resources.delete(resource.id(), AT, event()));
    calls.put("workspace.delete", () -> workspaces.delete(workspace.id(), AT, NONE, event()));
    calls.put("account.delete", () -> accounts.delete(owner.id(), AT, NONE, event()));
    calls.put("operatorKey.create", () -> operators.create(operatorKey(), event()));
    calls.put("operatorKey.revoke", () -> operators.revoke(operatorKey().id(), AT, event()));
    calls.put(
        "usage.refused",
        () ->
            new SqlUsageStore(failing)
                .refused(List.of(new RefusalCount(key.id(), "expired", "192.0.2.0/24", AT, 1))));
    var windows = new SqlWindowStore(failing);
    calls.put("windows.begin", () -> windows.begin(0, 1_000));
    calls.put(
        "windows.write",
        () -> {
          var subject = new CountedSubject("data", CountedBy.KEY, key.id().toString());
          windows.write(
              List.of(
                  new Admissions(subject, 5_000, 6_000, 3, 1),
                  new QuotaUse(subject, 0, 86_400_000, 3, 1)));
        });
    calls.put("windows.begin again", () -> windows.begin(10, 2_000));
    calls.put("windows.moveEpoch", () -> windows.moveEpoch(3_000));
    calls.put("windows.end", windows::end);
    return calls;
  }

  private void putPeople(Map<String, Runnable> calls, Account person) {
    var passwords = new SqlPasswordStore(failing);
    var sessions = new SqlSessionStore(failing);
    var invitations = new SqlInvitationStore(failing);
    Session one = session("one", person);
    Session two = session("two", person);
    calls.put("password.set", () -> passwords.set(person.id(), "h1", event()));
    calls.put("session.create", () -> sessions.create(one, "h1", event()));
    calls.put("session.replace", () -> sessions.replace(one, two, "h1", event()));
    calls.put("password.change", () -> passwords.change("h1", "h2", two, one, event()));
    calls.put("session.end", () -> sessions.end("one", event()));
    calls.put("invitation.create", () -> invitations.create(invitation("i1", person), event()));
    calls.put("invitation.again", () -> invitations.create(invitation("i2", person), event()));
    calls.put("invitation.accept", () -> invitations.accept("i2", AT, "h3", event()));
  }

  private static Session session(String digest, Account person) {
    return new Session(digest, person.id(), "csrf", AT, AT, AT);
  }

  private static Invitation invitation(String digest, Account person) {
    return new Invitation(digest, person.id(), AT.plus(Invitation.LIFE));
  }

  /** Fails each statement in turn until the call succeeds, which must have changed something. */
  private void check(Runnable call) {
    List<String> before = content();
    for (int statement = 1; ; statement++) {
      failing.failAt(statement);
      try {
        call.run();
        break;
      } catch (UnavailableException e) {
        assertThat(content()).as("after statement %d failed", statement).isEqualTo(before);
        failing.failAt(0);
      }
      assertThat(statement).isLessThan(100);
    }
    assertThat(content()).isNotEqualTo(before);
  }

  /** The question for the names of all tables. */
  abstract String tables();

  /** Every row of every table. */
  private List<String> content() {
    return stores
        .database()
        .read(handle -> {
          List<String> tables = handle.createQuery(tables()).mapTo(String.class).list();
          return tables.stream()
              .flatMap(table ->
                  handle.createQuery("SELECT * FROM " + table).mapToMap().list().stream()
                      .map(row -> table + readable(row)))
              .toList();
        });
  }

  private static Map<String, Object> readable(Map<String, Object> row) {
    row.replaceAll(
        (_, value) -> value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
    return row;
  }

  private AuditEvent event() {
    return world.event();
  }

  private static OperatorKey operatorKey() {
    return new OperatorKey(
        new OperatorKeyId("opk_1"),
        "backend",
        Set.of(Right.READ),
        Set.of(),
        new KeyDigest(KeyDigest.NO_PEPPER, new byte[32]),
        AT,
        null);
  }
}
