package dev.keyway.app.assembly;

import dev.keyway.app.command.LocalTrail;
import dev.keyway.core.Precondition;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.CreateApiKey;
import dev.keyway.core.apikey.KeyAccess;
import dev.keyway.core.apikey.KeyOwnership;
import dev.keyway.core.apikey.KeySecret;
import dev.keyway.core.apikey.NewApiKey;
import dev.keyway.core.apikey.RevokeApiKey;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.CreateOperatorKey;
import dev.keyway.core.operator.NewOperatorKey;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.session.Password;
import dev.keyway.core.session.PasswordHasher;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.CreateAccount;
import dev.keyway.core.tenancy.CreateResource;
import dev.keyway.core.tenancy.CreateWorkspace;
import dev.keyway.core.tenancy.Ids;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.PutMember;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.tenancy.WorkspaceAccess;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the program's own commands do to a store, by the same use cases as the management API and
 * with the same rows in the trail.
 *
 * <p>The first call makes or names the operator key in whose name the others are made.
 */
public final class Operations {
  private static final String HERE = "local";

  private final StoreAssembly store;
  private final PasswordHasher passwords;
  private final Ids ids;
  private final InstantSource clock;

  private final CreateOperatorKey createOperatorKey;
  private final CreateAccount createAccount;
  private final CreateWorkspace createWorkspace;
  private final PutMember putMember;
  private final CreateResource createResource;
  private final CreateApiKey createApiKey;
  private final RevokeApiKey revokeApiKey;
  private Principal.@Nullable Operator operator;

  Operations(
      StoreAssembly store,
      Decisions decisions,
      PasswordHasher passwords,
      SecureRandom random,
      InstantSource clock) {
    this.store = store;
    this.passwords = passwords;
    this.ids = new Ids(random);
    this.clock = clock;
    var access = new Access(decisions.products());
    var digester = decisions.digester();
    var accounts = store.accounts();
    var workspaces = store.workspaces();
    var keyAccess = new KeyAccess(access, store.keys(), workspaces);
    var ownership = new KeyOwnership(accounts, workspaces, store.resources());
    this.createOperatorKey =
        new CreateOperatorKey(access, store.operatorKeys(), digester, random, clock);
    this.createAccount = new CreateAccount(access, accounts, ids, clock);
    this.createWorkspace = new CreateWorkspace(access, accounts, workspaces, ids, clock);
    this.putMember = new PutMember(new WorkspaceAccess(workspaces), accounts, workspaces, clock);
    this.createResource =
        new CreateResource(access, accounts, workspaces, store.resources(), ids, clock);
    this.createApiKey =
        new CreateApiKey(access, keyAccess, ownership, store.keys(), digester, random, clock);
    this.revokeApiKey = new RevokeApiKey(keyAccess, store.keys(), decisions.narrowing(), clock);
  }

  /** Makes an operator key, and makes what follows in its name. */
  public NewOperatorKey createOperatorKey(CreateOperatorKey.Command command) {
    return createOperatorKey(command, _ -> {});
  }

  /** The same; the secret is handed over before the key is in the store. */
  public NewOperatorKey createOperatorKey(
      CreateOperatorKey.Command command, Consumer<KeySecret> handOver) {
    var event = new LocalTrail(ids).done("operator_key.create", clock.instant(), command.name());
    NewOperatorKey created = createOperatorKey.executeLocally(command, event, handOver);
    operator = new Principal.Operator(created.key());
    return created;
  }

  /** Makes what follows in the name of an operator. */
  public void actAs(Principal.Operator principal) {
    operator = principal;
  }

  public Account createAccount(CreateAccount.Command command) {
    return createAccount.execute(caller(), command).account();
  }

  /** Gives an account a password. */
  public void setPassword(Account account, String password) {
    var subject = new AuditEvent.Subject(account.product(), null, account.id().text(), null);
    var event = caller().done("account.set_password", clock.instant(), subject, null);
    String hash = passwords.hash(Password.given("password", password), null);
    store.passwords().set(account.id(), hash, event);
  }

  public Workspace createWorkspace(CreateWorkspace.Command command) {
    return createWorkspace.execute(caller(), command);
  }

  public void putMember(Membership membership) {
    putMember.execute(caller(), membership, Precondition.NONE);
  }

  public Resource createResource(CreateResource.Command command) {
    return createResource.execute(caller(), command);
  }

  public NewApiKey createKey(CreateApiKey.Command command) {
    return createApiKey.execute(caller(), command);
  }

  /** Revokes a key; when it returns, nothing accepts it. */
  public void revokeKey(ApiKeyId id, String reason) {
    revokeApiKey.execute(caller(), new RevokeApiKey.Command(id, reason, Precondition.NONE));
  }

  private Caller caller() {
    if (operator == null) {
      throw new IllegalStateException("no operator to act as");
    }
    return new Caller(operator, HERE, requestId());
  }

  private String requestId() {
    return ids.next("req_");
  }
}
