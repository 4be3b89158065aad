package dev.keyway.core.contract;

import dev.keyway.core.Precondition;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.audit.Actor;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Fills a store for a test: drawn ids never repeat, and time stands still until it is moved. */
public final class World {
  public static final Instant START = Instant.parse("2026-03-01T10:00:00.123Z");

  private final Stores stores;
  private Instant now = START;
  private int drawn;

  public World(Stores stores) {
    this.stores = stores;
  }

  public Instant now() {
    return now;
  }

  /** Moves time on by a second and answers the new instant. */
  public Instant tick() {
    return pass(Duration.ofSeconds(1));
  }

  /** Moves time on and answers the new instant. */
  public Instant pass(Duration time) {
    now = now.plus(time);
    return now;
  }

  /** A row of the trail that nothing has written yet, about nothing in particular. */
  public AuditEvent event() {
    return event("test.change", AuditEvent.Subject.NONE);
  }

  /** A row of the trail that nothing has written yet. */
  public AuditEvent event(String action, AuditEvent.Subject subject) {
    String id = next("aud_");
    return new AuditEvent(
        id,
        now,
        action,
        AuditEvent.Outcome.DONE,
        new Actor(Actor.Kind.SYSTEM, "test"),
        "192.0.2.7",
        id,
        subject,
        null);
  }

  /** A new account, stored. */
  public Account account(String product) {
    return add(account(product, next("person") + "@example.com", null));
  }

  /** An account that is stored nowhere. */
  public Account account(String product, String email, @Nullable String externalId) {
    var id = new AccountId(next(AccountId.PREFIX));
    return new Account(
        id, product, email, "A person", externalId, Account.Status.ACTIVE, tick(), 1);
  }

  /** Stores an account whose unique values are free. */
  public Account add(Account account) {
    AccountStore.Created created = stores.accounts().create(account, event());
    if (created != AccountStore.Created.OK) {
      throw new IllegalStateException(created.toString());
    }
    return account;
  }

  /** A new workspace on plan {@code pro}, stored. */
  public Workspace workspace(Account owner) {
    var id = new WorkspaceId(next(WorkspaceId.PREFIX));
    var workspace = new Workspace(id, owner.product(), "A workspace", "pro", tick(), 1);
    stores.workspaces().create(workspace, owner.id(), event());
    return workspace;
  }

  /** Makes an account a member. */
  public void join(Workspace workspace, Account account, Role role) {
    var membership = new Membership(workspace.id(), account.id(), role);
    if (!stores.workspaces().putMember(membership, tick(), Precondition.NONE, event())) {
      throw new IllegalStateException("the last owner");
    }
  }

  /** A new resource of an account, stored. */
  public Resource resource(Account owner) {
    return resource(owner.product(), null, owner.id());
  }

  /** A new resource of a workspace, stored. */
  public Resource resource(Workspace owner) {
    return resource(owner.product(), owner.id(), null);
  }

  private Resource resource(
      String product, @Nullable WorkspaceId workspace, @Nullable AccountId account) {
    var id = new ResourceId(next(ResourceId.PREFIX));
    var resource = new Resource(id, product, workspace, account, "project", "A resource", tick());
    stores.resources().create(resource, event());
    return resource;
  }

  /** A key in the making, created a second after whatever came before. */
  public KeyDraft key(Account creator) {
    drawn++;
    return new KeyDraft(this, creator, String.format(Locale.ROOT, "%012d", drawn), tick());
  }

  ApiKey add(ApiKey key) {
    if (!stores.apiKeys().create(key, null, event())) {
      throw new IllegalStateException("refused without a limit");
    }
    return key;
  }

  /** A text under a prefix that was not drawn before. */
  public String next(String prefix) {
    drawn++;
    return prefix + String.format(Locale.ROOT, "%016d", drawn);
  }
}
